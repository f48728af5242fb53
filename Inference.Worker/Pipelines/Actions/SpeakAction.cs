using System.Text.Json.Nodes;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Chat;
using Voice.Inference.Engines;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Files;
using Voice.Inference.Pipelines.Runs;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Pipelines.Actions;

/// <summary>A WAV file of a text. Longer texts than an engine takes at once are spoken in parts, cut between sentences.</summary>
internal sealed class SpeakAction(EngineCatalog engines, PipelineFiles files) : IStepAction
{
    private const int MaxPart = 4_000;
    private const int MaxText = 20_000;

    public StepType Type => StepTypes.Speak;

    public async Task<StepResult> RunAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        var text = arguments.Required("text");
        if (text.Length > MaxText)
        {
            throw new StepFailedException("invalid_value", $"'text' has more than {MaxText} characters.");
        }

        var (language, voice, speed) = (arguments.Text("language") ?? "en", arguments.Text("voice"), arguments.Number("speed", 0.25, 4) ?? 1);
        var route = await engines.SpeechAsync(new EngineAsk(arguments.Text("model"), language, call.OrganizationId), cancellationToken);
        using var pcm = new MemoryStream();
        foreach (var part in Parts(text))
        {
            var request = new SpeechRequest(part, language, null, voice, speed);
            await foreach (var block in route.Engine.SynthesizeAsync(request, cancellationToken))
            {
                pcm.Write(block.Span);
                if (pcm.Length > PipelineFiles.MaxFile)
                {
                    throw new StepFailedException("output_too_large", "The speech is longer than a file may be.");
                }
            }
        }

        var wav = WavWriter.Write(pcm.GetBuffer().AsSpan(0, (int)pcm.Length), ISpeechSynthesizer.SampleRate);
        var file = await files.WriteAsync(call.OrganizationId, $"{call.StepId}.wav", "audio/wav", wav, cancellationToken);
        return new StepResult(new JsonObject
        {
            ["audio"] = file.AsValue(),
            ["duration"] = Math.Round(pcm.Length / (double)(ISpeechSynthesizer.SampleRate * sizeof(short)), 3),
            ["characters"] = text.Length,
            ["model"] = route.Name,
        })
        {
            Usage = new Dictionary<string, decimal> { [UsageKinds.Characters] = text.Length },
            Cost = StepCost.Of(route, price => price.PerMillionCharacters * text.Length / StepCost.Million),
            Files = [file],
        };
    }

    private static IEnumerable<string> Parts(string text)
    {
        var part = "";
        foreach (var sentence in text.Length <= MaxPart ? [text] : Sentence.Split(text).SelectMany(sentence => sentence.Chunk(MaxPart).Select(chunk => new string(chunk))))
        {
            if (part.Length + sentence.Length + 1 > MaxPart)
            {
                yield return part;
                part = "";
            }

            part = part.Length == 0 ? sentence : $"{part} {sentence}";
        }

        if (!string.IsNullOrWhiteSpace(part))
        {
            yield return part;
        }
    }
}
