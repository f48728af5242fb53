using System.Text.Json;
using Voice.Bench.Running;
using Voice.Client;

namespace Voice.Bench.VoiceToVoice;

/// <summary>Takes turns with an agent, one conversation after the other, at real-time pace.</summary>
internal sealed class TurnTaker(PlatformCopy platform, BenchmarkContext context)
{
    private const string Agent = "receptionist";

    /// <summary>The first conversations load models, compile code and open connections; they are held and not counted.</summary>
    private const int WarmUps = 2;

    /// <summary>More conversations without a measured turn than this, and something is wrong.</summary>
    private const int MaximumMisses = 10;

    private static readonly ConversationOptions Options = new() { HearOut = false };

    public async Task<IReadOnlyList<MeasuredTurn>> TakeAsync(
        IReadOnlyList<byte[]> clips, int turns, string label, CancellationToken cancellationToken)
    {
        var measured = new List<MeasuredTurn>();
        var misses = 0;
        for (var i = 0; measured.Count < turns; i++)
        {
            var taken = await ConverseAsync(clips[i % clips.Count], cancellationToken);
            if (i < WarmUps)
            {
                continue;
            }

            measured.AddRange(taken);
            misses += taken.Count == 0 ? 1 : 0;
            if (misses > MaximumMisses)
            {
                throw new BenchmarkException($"{label}: {misses} conversations brought no reply to measure.");
            }

            if (taken.Count > 0)
            {
                await context.Progress.WriteLineAsync($"{label}: {measured.Count}/{turns}  voice to voice {taken[^1].VoiceToVoiceMs:0} ms");
            }
        }

        await ReportAsync(label, measured, misses);
        return [.. measured.Take(turns)];
    }

    private async Task<List<MeasuredTurn>> ConverseAsync(byte[] clip, CancellationToken cancellationToken)
    {
        double? silence = null;
        var conversation = new SpokenConversation(platform.Endpoint, Agent, Options, context.Time)
        {
            OnEvent = received =>
            {
                silence = received.Type == "session.updated" ? SilenceOf(received) : silence;
                if (received.Type is "error" or "conversation.item.input_audio_transcription.failed")
                {
                    context.Progress.WriteLine($"the platform reported: {received.Text("error", "message")}");
                }
            },
        };
        try
        {
            var result = await conversation.RunAsync(clip, cancellationToken);
            if (silence is not { } waited)
            {
                throw new BenchmarkException("The session does not say how long it waits in silence (audio.input.turn_detection.silence_duration_ms).");
            }

            return
            [
                .. result.Turns.Where(t => t.VoiceToVoiceMs is not null)
                    .Select(t => new MeasuredTurn(t.VoiceToVoiceMs!.Value, waited, t.Stages)),
            ];
        }
        catch (RealtimeException failure)
        {
            throw new BenchmarkException(failure.Message, failure);
        }
    }

    private static double? SilenceOf(RealtimeEvent updated) =>
        updated.Body.TryGetProperty("session", out var session) && session.TryGetProperty("audio", out var audio)
        && audio.TryGetProperty("input", out var input) && input.TryGetProperty("turn_detection", out var detection)
        && detection.ValueKind == JsonValueKind.Object
        && detection.TryGetProperty("silence_duration_ms", out var silence) && silence.ValueKind == JsonValueKind.Number
            ? silence.GetDouble()
            : null;

    private async Task ReportAsync(string label, List<MeasuredTurn> measured, int misses)
    {
        var stages = measured.SelectMany(t => t.Stages.Keys).Distinct(StringComparer.Ordinal)
            .Select(stage => $"{stage} {Percentiles.Of(measured.Where(t => t.Stages.ContainsKey(stage)).Select(t => t.Stages[stage]), 50):0}");
        await context.Progress.WriteLineAsync($"{label}: median stages, ms: {string.Join(", ", stages)}; {misses} conversations without a reply");
    }
}
