using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Voice.Core.Providers;
using Voice.Core.Resilience;
using Voice.Inference.Providers.Guards;
using Voice.Inference.Upstream;

namespace Voice.Inference.Providers.Routing;

/// <summary>Passes a chat completion on to the first that begins to answer it.</summary>
internal sealed class ChainedForwarder(IReadOnlyList<ProviderCandidate> candidates, ProviderChain chain, ProviderCalls calls)
{
    public IAsyncEnumerable<ForwardedPart> SendAsync(JsonObject request, CancellationToken cancellationToken) => chain.StreamAsync(
        (rank, token) => OneAsync(candidates[rank], request, token), static part => !part.Data.IsEmpty,
        rank => chain.Patience(rank, candidates[rank].Entry.Settings, chain.Options.FirstText), mayBeEmpty: true, cancellationToken);

    private async IAsyncEnumerable<ForwardedPart> OneAsync(ProviderCandidate candidate, JsonObject request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var usage = new ForwardedUsage(0);
        await foreach (var part in calls.StreamAsync(
            candidate,
            stop => ReadAsync(candidate, request, stop),
            call => (call.CharactersAsked, call.Tokens) = (() => request.ToJsonString().Length, usage.Split),
            (call, part) =>
            {
                call.Began();
                call.CharactersAnswered += part.Data.Length;
                usage.Add(part.Data.Span);
            },
            cancellationToken))
        {
            yield return part;
        }
    }

    private static async IAsyncEnumerable<ForwardedPart> ReadAsync(ProviderCandidate candidate, JsonObject request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await candidate.Entry.Provider.Forwarder!.SendAsync(request, candidate.Model ?? candidate.Entry.Settings.Model, cancellationToken);
        var type = response.Content.Headers.ContentType?.ToString() ?? "application/json";
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (true)
        {
            // Not one buffer for all: what comes before the first byte of use is held by the chain.
            var buffer = new byte[8_192];
            var read = await ReadAsync(body, buffer, cancellationToken);
            if (read == 0)
            {
                yield break;
            }

            yield return new ForwardedPart(type, buffer.AsMemory(0, read));
        }
    }

    private static async ValueTask<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException("provider_failed", "The model server's answer broke off before its end.", failure);
        }
    }
}
