using Voice.Inference.Providers;
using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Voices;

/// <summary>The voices of all providers that a caller may use.</summary>
internal sealed class VoiceCatalog(ProviderRegistry registry)
{
    /// <summary>In an order that stays: of their ids.</summary>
    public async Task<List<(ProviderEntry Entry, ProviderVoice Voice, VoiceInfo Info)>> ListAsync(string? organizationId, CancellationToken cancellationToken)
    {
        var speaking = (await registry.ForAsync(organizationId, cancellationToken)).Where(entry => entry.Provider.Synthesizer is not null).ToList();
        // An organization's own provider takes the place of the platform's of the same name, as it does in requests.
        var lists = await Task.WhenAll(speaking.DistinctBy(entry => entry.Name).Select(async entry => (entry, Voices: await entry.Provider.VoicesAsync(cancellationToken))));
        return
        [
            .. from list in lists
               from voice in list.Voices
               select (list.entry, voice, VoiceInfo.From(list.entry, voice)) into found
               orderby found.Item3.Id
               select found,
        ];
    }
}
