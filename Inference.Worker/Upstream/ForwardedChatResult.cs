using System.Diagnostics;
using Voice.Core.Providers;
using Voice.Inference.Usage;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Upstream;

/// <summary>Another server's answer, passed on byte by byte as it arrives. The first bytes are awaited before the response begins, so that a refusal still is an HTTP error.</summary>
internal sealed class ForwardedChatResult : IResult
{
    private const string Label = "upstream";

    private readonly IAsyncEnumerator<ForwardedPart> _parts;
    private readonly Activity? _activity;
    private readonly long _started;
    private readonly TimeProvider _time;
    private bool _more;

    private ForwardedChatResult(IAsyncEnumerator<ForwardedPart> parts, string label, TimeProvider time)
    {
        (_parts, _time, _started) = (parts, time, time.GetTimestamp());
        _activity = InferenceTelemetry.Start("chat", label);
    }

    public static async Task<ForwardedChatResult> CreateAsync(IAsyncEnumerable<ForwardedPart> parts, string label, TimeProvider time, CancellationToken cancellationToken)
    {
        var result = new ForwardedChatResult(parts.GetAsyncEnumerator(cancellationToken), label, time);
        try
        {
            result._more = await result._parts.MoveNextAsync();
            InferenceTelemetry.Began("chat", Label, time.GetElapsedTime(result._started));
            return result;
        }
        catch
        {
            await result.EndAsync();
            throw;
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellationToken = httpContext.RequestAborted;
        var usage = new ForwardedUsage(httpContext.Request.ContentLength ?? 0);
        try
        {
            httpContext.Response.ContentType = _more ? _parts.Current.ContentType : "application/json";
            while (_more)
            {
                usage.Add(_parts.Current.Data.Span);
                await httpContext.Response.Body.WriteAsync(_parts.Current.Data, cancellationToken);
                await httpContext.Response.Body.FlushAsync(cancellationToken);
                _more = await _parts.MoveNextAsync();
            }

            InferenceTelemetry.Completed("chat", Label, _time.GetElapsedTime(_started));
        }
        catch (ProviderException)
        {
            // Part of the answer is out: only breaking the connection tells the client that it was not all.
            httpContext.Abort();
        }
        finally
        {
            UsageMeter.Of(httpContext)?.Add(UsageKinds.Tokens, usage.Tokens());
            await EndAsync();
        }
    }

    private async Task EndAsync()
    {
        await _parts.DisposeAsync();
        _activity?.Dispose();
    }
}
