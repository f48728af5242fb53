using Microsoft.AspNetCore.Http;

namespace Voice.Inference.Tests.Providers.Speech;

/// <summary>Raw PCM as the body of a response.</summary>
internal sealed class BodyLine(HttpContext context, string text) : SpeechLine(text, context.RequestAborted)
{
    public override async Task AudioAsync(ReadOnlyMemory<byte> pcm)
    {
        context.Response.ContentType ??= "application/octet-stream";
        await context.Response.Body.WriteAsync(pcm, Token);
        await context.Response.Body.FlushAsync(Token);
    }

    public override Task EndAsync() => Task.CompletedTask;

    // PCM is any bytes; only what calls itself something else can be told from it.
    public override Task GarbageAsync()
    {
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync("<html>503 Sorry</html>", Token);
    }

    public override void Cut() => context.Abort();

    /// <summary>Serves <paramref name="path"/> as the script says; everything else is not found.</summary>
    public static RequestDelegate Serve(SpeechScript script, string path, Func<ProviderRequest, string> text, Func<HttpContext, string, SpeechLine>? line = null) => async context =>
    {
        if (await script.RefuseAsync(context))
        {
            return;
        }

        if (!context.Request.Path.Value!.StartsWith(path, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var said = text(await ProviderRequest.ReadAsync(context));
        await script.Play(line is null ? new BodyLine(context, said) : line(context, said));
    };
}
