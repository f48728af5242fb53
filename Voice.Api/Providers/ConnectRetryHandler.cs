namespace Voice.Api.Providers;

/// <summary>
/// Tries again where no connection came about, so nothing was sent: a worker that restarts is back within a second.
/// A request that reached the worker is never repeated; it may have had an effect, or be half-way through a stream.
/// </summary>
internal sealed class ConnectRetryHandler(TimeProvider time) : DelegatingHandler
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(300)];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception)
                when (exception.HttpRequestError == HttpRequestError.ConnectionError && request.Method == HttpMethod.Post && attempt < Pauses.Length)
            {
                await Task.Delay(Pauses[attempt], time, cancellationToken);
            }
        }
    }
}
