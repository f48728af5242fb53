using Microsoft.AspNetCore.Http;

namespace Voice.Inference.Tests.Providers.Speech;

/// <summary>What a service shall do with the next requests.</summary>
internal sealed class SpeechScript
{
    /// <summary>Anything else than 200 is answered instead of speech, by HTTP.</summary>
    public int Status { get; set; } = 200;

    public string? RetryAfter { get; set; }

    /// <summary>The speech.</summary>
    public Func<SpeechLine, Task> Play { get; set; } = async line =>
    {
        await line.AudioAsync(new byte[4_800]);
        await line.EndAsync();
    };

    /// <summary>True where the script refuses and has answered.</summary>
    public async Task<bool> RefuseAsync(HttpContext context)
    {
        if (Status == 200)
        {
            return false;
        }

        context.Response.StatusCode = Status;
        context.Response.Headers.RetryAfter = RetryAfter;
        await context.Response.WriteAsJsonAsync(new { error = new { code = Status, message = "no such voice" } });
        return true;
    }
}
