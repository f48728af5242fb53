using System.Net;

namespace Voice.ServiceDefaults.Http;

/// <summary>
/// Repeats what is safe to repeat (GET, HEAD) when the peer could not be reached or says it is not ready: a service that restarts is a
/// pause, not an error. Everything else is the caller's decision.
/// </summary>
internal sealed class SafeMethodRetryHandler(TimeProvider timeProvider) : DelegatingHandler
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400)];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head || request.Content is not null)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        foreach (var pause in Pauses)
        {
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway))
                {
                    return response;
                }

                response.Dispose();
            }
            catch (HttpRequestException exception)
                when (exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded)
            {
                // Tried again below; the last attempt, outside the loop, lets it through.
            }

            await Task.Delay(pause, timeProvider, cancellationToken);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
