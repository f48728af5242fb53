using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Inference.Webhooks;

/// <summary>One attempt of a delivery, as Standard Webhooks 1.0.0 has it, and what follows from its answer.</summary>
internal sealed class WebhookSender(IHttpClientFactory clients, WebhookStore store, IOptions<WebhookOptions> options, TimeProvider time)
{
    public const string ClientName = "webhooks";

    /// <summary>Before each attempt after the first, as the specification suggests; three days and a half altogether.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14),
        TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>Who asks for patience gets it, within reason.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromHours(24);

    public async Task SendAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var (error, retryAfter) = ("", default(TimeSpan?));
        try
        {
            using var response = await PostAsync(delivery, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                await store.EndAsync(delivery.Id, "delivered", null, cancellationToken);
                return;
            }

            if (response.StatusCode == HttpStatusCode.Gone)
            {
                await store.EndAsync(delivery.Id, "gone", "The receiver says that it is gone (410).", cancellationToken);
                return;
            }

            error = string.Create(CultureInfo.InvariantCulture, $"The receiver answered with status {(int)response.StatusCode}.");
            retryAfter = response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - time.GetUtcNow();
        }
        catch (CryptographicException)
        {
            await store.EndAsync(delivery.Id, "failed", "The secret can no longer be read: the service's own has changed.", cancellationToken);
            return;
        }
        catch (Exception failure) when (Find<OutboundRefusedException>(failure) is { } refused)
        {
            error = refused.Message;
        }
        catch (HttpRequestException)
        {
            error = "The receiver cannot be reached.";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            error = "The receiver did not answer in time.";
        }

        if (delivery.Attempts > Pauses.Length)
        {
            await store.EndAsync(delivery.Id, "failed", error, cancellationToken);
            return;
        }

        await store.RetryAsync(delivery.Id, error, time.GetUtcNow() + PauseAfter(delivery.Attempts, retryAfter), cancellationToken);
    }

    private TimeSpan PauseAfter(int attempt, TimeSpan? asked)
    {
        // Jitter of a tenth, so that what failed together does not come again together.
        var pause = Pauses[attempt - 1] * options.Value.PauseScale * (1 + (RandomNumberGenerator.GetInt32(1000) / 10_000d));
        return asked is { } wanted && wanted > pause ? TimeSpan.FromTicks(Math.Min(wanted.Ticks, MostPatience.Ticks)) : pause;
    }

    private async Task<HttpResponseMessage> PostAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var address = new Uri(delivery.Url);
        // What may be called can have changed since the job was made.
        OutboundAddress.Check(address, options.Value);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", delivery.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(delivery.Id, timestamp, delivery.Body, store.Open(delivery.Secret)));
        request.Headers.UserAgent.ParseAdd("VoiceAspire-Webhooks/1");
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        // The body of the answer is nobody's business, and is not read.
        return await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
    }

    private static T? Find<T>(Exception? failure)
        where T : Exception
    {
        while (failure is not null and not T)
        {
            failure = failure.InnerException;
        }

        return failure as T;
    }
}
