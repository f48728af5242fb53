using Voice.Core.Providers;

namespace Voice.Core.Replay;

/// <summary>How a call ended, to the log and back.</summary>
internal static class ProviderFailures
{
    public static ProviderEntry Of(string stage, int call, Exception exception) => exception switch
    {
        OperationCanceledException => new ProviderEntry(stage, call, "cancelled"),
        ProviderException failure => new ProviderEntry(stage, call, "failed") { Code = failure.Code, Text = failure.Message },
        HttpRequestException => new ProviderEntry(stage, call, "failed") { Code = nameof(HttpRequestException), Text = exception.Message },
        _ => new ProviderEntry(stage, call, "failed") { Code = exception.GetType().Name, Text = exception.Message },
    };

    public static Exception ToException(ProviderEntry entry) => entry.Code switch
    {
        nameof(HttpRequestException) => new HttpRequestException(entry.Text),
        nameof(IOException) => new IOException(entry.Text),
        nameof(InvalidOperationException) => new InvalidOperationException(entry.Text),
        var code => new ProviderException(code ?? "provider_failed", entry.Text ?? string.Empty),
    };
}
