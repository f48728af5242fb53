using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.Inference.TranscriptionJobs.Api;

namespace Voice.Inference.TranscriptionJobs;

/// <summary>What a webhook says of a job: that it is over, and how; the result is for who may read it.</summary>
internal static class JobWebhook
{
    public static string Body(JobRow job, DateTimeOffset now) => JsonSerializer.Serialize(
        new JobWebhookBody($"transcription_job.{job.State}", now, JobView.From(job)), JobWebhookJson.Default.JobWebhookBody);
}

internal sealed record JobWebhookBody(string Type, DateTimeOffset Timestamp, JobView Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JobWebhookBody))]
internal sealed partial class JobWebhookJson : JsonSerializerContext;
