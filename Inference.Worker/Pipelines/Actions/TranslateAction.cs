using System.Text.Json.Nodes;
using Voice.Inference.Engines;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Runs;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Pipelines.Actions;

internal sealed class TranslateAction(EngineCatalog engines) : IStepAction
{
    public StepType Type => StepTypes.Translate;

    public async Task<StepResult> RunAsync(StepCall call, CancellationToken cancellationToken)
    {
        var (text, from, to) = (call.Arguments.Required("text"), call.Arguments.Required("from"), call.Arguments.Required("to"));
        var route = await engines.TranslatorAsync(new EngineAsk(call.Arguments.Text("model"), null, call.OrganizationId), cancellationToken);
        var translated = await route.Engine.TranslateAsync(text, from, to, cancellationToken);
        return new StepResult(new JsonObject { ["text"] = translated, ["from"] = from, ["to"] = to, ["model"] = route.Name })
        {
            Usage = new Dictionary<string, decimal> { [UsageKinds.Characters] = text.Length },
            Cost = StepCost.Of(route, price => price.PerMillionCharacters * text.Length / StepCost.Million),
        };
    }
}
