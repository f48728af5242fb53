using System.Text.Json.Nodes;
using Voice.Core.Audio;
using Voice.Inference.Audio;
using Voice.Inference.Engines;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Files;
using Voice.Inference.Pipelines.Runs;
using Voice.Inference.Transcription;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Pipelines.Actions;

internal sealed class TranscribeAction(EngineCatalog engines, AudioFileReader reader, FileTranscription transcription, PipelineFiles files) : IStepAction
{
    public StepType Type => StepTypes.Transcribe;

    public async Task<StepResult> RunAsync(StepCall call, CancellationToken cancellationToken)
    {
        var arguments = call.Arguments;
        var file = await files.FindAsync(call.OrganizationId, arguments.Audio("audio"), cancellationToken) ?? throw new StepFailedException("file_not_found", "The audio is not there.");
        var language = arguments.Text("language") ?? "en";
        var route = await engines.FileTranscriberAsync(new EngineAsk(arguments.Text("model"), language, call.OrganizationId), cancellationToken);
        var audio = await ReadAsync(file, cancellationToken);
        List<TranscribedSegment> segments = [];
        await foreach (var segment in transcription.TranscribeAsync(route, audio, new FileTranscriptionOptions(null, language, arguments.Text("prompt")), cancellationToken))
        {
            segments.Add(segment);
        }

        var sure = segments.Where(segment => segment.Confidence is not null).ToList();
        return new StepResult(new JsonObject
        {
            ["text"] = string.Join(' ', segments.Select(segment => segment.Text)),
            ["language"] = language,
            ["duration"] = Math.Round(audio.Duration.TotalSeconds, 3),
            ["confidence"] = sure.Count == 0 ? null : Math.Round(sure.Average(segment => segment.Confidence!.Value), 3),
            ["segments"] = new JsonArray([.. segments.Select(AsValue)]),
            ["model"] = route.Name,
        })
        {
            Usage = new Dictionary<string, decimal> { [UsageKinds.AudioSeconds] = (decimal)audio.Duration.TotalSeconds },
            Cost = StepCost.Of(route, price => price.PerAudioMinute * (decimal)audio.Duration.TotalMinutes),
        };
    }

    private async Task<WavAudio> ReadAsync(PipelineFile file, CancellationToken cancellationToken)
    {
        if (await files.OpenAsync(file.Blob, cancellationToken) is not { } stored)
        {
            throw new StepFailedException("file_not_found", "The audio is gone.");
        }

        await using var stream = stored.Stream;
        return await reader.ReadAsync(stream, stored.Length, cancellationToken);
    }

    private static JsonNode AsValue(TranscribedSegment segment) => new JsonObject
    {
        ["start"] = Math.Round(segment.Start, 3),
        ["end"] = Math.Round(segment.End, 3),
        ["text"] = segment.Text,
        ["confidence"] = segment.Confidence is { } confidence ? Math.Round(confidence, 3) : null,
    };
}
