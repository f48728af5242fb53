using Voice.Core.Providers;

namespace Voice.Core.Simulation;

/// <summary>Gives the text back, marked with the language it should be in.</summary>
public sealed class SimulatedTranslator(SimulationOptions options, TimeProvider time) : ITranslator
{
    public async ValueTask<string> TranslateAsync(string text, string from, string to, CancellationToken cancellationToken)
    {
        await Task.Delay(options.FirstToken, time, cancellationToken);
        return $"[{to}] {text}";
    }
}
