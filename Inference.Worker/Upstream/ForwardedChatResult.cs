using System.Diagnostics;
using Voice.Inference.Usage;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Upstream;

/// <summary>Another server's answer, passed on byte by byte as it arrives.</summary>
internal sealed class ForwardedChatResult(HttpResponseMessage upstream, Activity? activity, long started, TimeProvider time) : IResult
{
    private const string Label = "upstream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        using (activity)
        using (upstream)
        {
            var usage = new ForwardedUsage(httpContext.Request.ContentLength ?? 0);
            httpContext.Response.ContentType = upstream.Content.Headers.ContentType?.ToString() ?? "application/json";
            try
            {
                await using var body = await upstream.Content.ReadAsStreamAsync(cancellationToken);
                var buffer = new byte[8_192];
                var first = true;
                while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                {
                    if (first)
                    {
                        InferenceTelemetry.Began("chat", Label, time.GetElapsedTime(started));
                        first = false;
                    }

                    usage.Add(buffer.AsSpan(0, read));
                    await httpContext.Response.Body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                    await httpContext.Response.Body.FlushAsync(cancellationToken);
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
            {
                // Part of the answer is out: only breaking the connection tells the client that it was not all.
                httpContext.Abort();
            }
            finally
            {
                UsageMeter.Of(httpContext)?.Add(UsageKinds.Tokens, usage.Tokens());
            }

            InferenceTelemetry.Completed("chat", Label, time.GetElapsedTime(started));
        }
    }
}
