namespace Voice.Inference.Providers;

/// <summary>
/// A kind of service that speech, language models or translation can be had from. Knows which settings it needs, and makes a provider of them.
/// Stateless, registered once: <c>services.TryAddEnumerable(ServiceDescriptor.Singleton&lt;IProviderKind, …&gt;())</c>.
/// </summary>
internal interface IProviderKind
{
    /// <summary>As <c>Providers:&lt;name&gt;:Kind</c> has it: <c>deepgram</c>.</summary>
    string Name { get; }

    /// <summary>What is wrong with the settings; each names the key and what is accepted, and no value. Empty where nothing is.</summary>
    IEnumerable<string> Check(ProviderSettings settings);

    /// <summary>No I/O: nothing is connected before it is used. The settings have passed <see cref="Check"/>.</summary>
    Provider Create(string name, ProviderSettings settings);
}
