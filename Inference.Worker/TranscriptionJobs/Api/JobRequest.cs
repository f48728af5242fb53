using System.ComponentModel;

namespace Voice.Inference.TranscriptionJobs.Api;

internal sealed record JobRequest(
    [property: Description("What to transcribe: a complete upload, or the recording of a session.")] JobSourceRequest? Source = null,
    [property: Description("As for /v1/audio/transcriptions; the default one unless given.")] string? Model = null,
    [property: Description("BCP-47 of what is spoken, en unless given.")] string? Language = null,
    [property: Description("Words that are likely to be said.")] string? Prompt = null,
    [property: Description("Times of single words in verbose_json.")] bool? WordTimestamps = null,
    [property: Description("Each channel for itself, as a speaker of its own.")] bool? DiarizeByChannel = null,
    [property: Description("What the result comes as unless it is asked for in another format: json, text, srt, vtt, verbose_json or diarized_json.")] string? ResponseFormat = null,
    [property: Description("Told when the job is over, as Standard Webhooks has it.")] JobWebhookRequest? Webhook = null);

/// <param name="Secret"><c>whsec_</c> and the base64 of 24 to 64 bytes; made up and told once unless given.</param>
internal sealed record JobWebhookRequest(string? Url = null, string? Secret = null);

/// <summary>One of the two.</summary>
internal sealed record JobSourceRequest(string? UploadId = null, string? SessionId = null);

/// <param name="WebhookSecret">Told once; null where none was made up.</param>
internal sealed record JobCreated(
    string Id, string State, JobSource Source, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string? WebhookSecret);
