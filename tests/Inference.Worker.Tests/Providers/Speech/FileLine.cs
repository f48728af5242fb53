using Microsoft.AspNetCore.Http;
using Voice.Core.Audio;

namespace Voice.Inference.Tests.Providers.Speech;

/// <summary>All the audio as one WAV file within JSON.</summary>
/// <param name="envelope">The JSON, <c>@</c> for the file in base64.</param>
internal sealed class FileLine(HttpContext context, string text, string envelope, int rate = 24_000) : SpeechLine(text, context.RequestAborted)
{
    private readonly List<byte> _pcm = [];

    public override Task AudioAsync(ReadOnlyMemory<byte> pcm)
    {
        _pcm.AddRange(pcm.Span);
        return Task.CompletedTask;
    }

    public override Task EndAsync()
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(envelope.Replace("@", Convert.ToBase64String(WavWriter.Write([.. _pcm], rate))), Token);
    }

    public override Task GarbageAsync() => context.Response.WriteAsync(envelope.Replace("@", "UklGRgAAAABXQVZF"), Token);

    public override void Cut() => context.Abort();
}
