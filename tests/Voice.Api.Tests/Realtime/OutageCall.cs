using System.Text.Json;
using Voice.Api.Tests.Support;
using Voice.Core.Audio;

namespace Voice.Api.Tests.Realtime;

/// <summary>One call over the public protocol, and what its record must hold in the end: everything that was said and told.</summary>
internal sealed class OutageCall : IAsyncDisposable
{
    private static readonly TimeSpan ReplySpeech = TimeSpan.FromMilliseconds(50);

    private readonly OutageHost _host;
    private readonly RealtimeClient _client;
    private readonly List<short> _sent = [];
    private readonly List<(string Words, JsonElement Told)> _turns = [];

    private OutageCall(OutageHost host, RealtimeClient client) => (_host, _client) = (host, client);

    public RealtimeClient Client => _client;

    public string Id => _client.Events[0].GetProperty("session").GetProperty("id").GetString()!;

    public static async Task<OutageCall> BeginAsync(OutageHost host)
    {
        host.Realtime.Reset();
        host.Realtime.Speech = ReplySpeech;
        var client = await host.Realtime.BeginAsync();
        // All that is said is sent at once: the next question would interrupt the answer before.
        await client.SendAsync("""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"server_vad","interrupt_response":false}}}}}""");
        await client.UntilAsync("session.updated");
        return new OutageCall(host, client);
    }

    /// <summary>Says something, and is answered in words and sound.</summary>
    public async Task AskAsync(string words)
    {
        _host.Realtime.Transcripts.Enqueue(words);
        var before = _client.Events.Count;
        await _client.SpeakAsync();
        _sent.AddRange(RealtimeClient.Voice());
        JsonElement turn;
        try
        {
            turn = await _client.UntilAsync("voiceaspire.turn");
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"\"{words}\" was not answered; the client was told: {string.Join(", ", _client.Types.Skip(before))}");
        }

        var since = _client.Types.Skip(before).ToList();

        Assert.Equal(words, turn.GetProperty("transcript").GetString());
        Assert.Equal("We are open from nine to five. On Saturday until noon.", turn.GetProperty("reply").GetString());
        Assert.Contains("response.output_audio.delta", since);
        Assert.DoesNotContain("error", since);
        _turns.Add((words, turn));
    }

    public Task HangUpAsync() => _client.CloseAsync();

    public Task<string?> RowAsync() => _host.Api.Database.ScalarAsync<string>(
        $"select concat_ws(' ', status, end_reason, turn_count) from voice.sessions where id = '{Id}'");

    /// <summary>The record of a call that was hung up is whole, each thing in it once.</summary>
    public async Task VerifyAsync()
    {
        await Deadline.Until(async () => await RowAsync() == $"ended client_closed {_turns.Count}", TimeSpan.FromSeconds(60));
        await VerifyTurnsAsync();
        Assert.Equal(
            ["SessionStarted", .. Enumerable.Repeat("TurnCompleted", _turns.Count), "SessionEnded"],
            await _host.Api.PublishedAsync(Id));
        // The relay found its way back to the database, too.
        await Deadline.Until(async () => await _host.Api.Database.ScalarAsync<long>($"select count(*) from voice.outbox where key = '{Id}'") == 0);
        await VerifyRecordingAsync();
        using var transcript = JsonDocument.Parse((await _host.Api.BlobAsync("transcripts", $"org_default/{Id}.json"))!);
        Assert.Equal(
            _turns.Select(turn => turn.Words),
            transcript.RootElement.GetProperty("turns").EnumerateArray().Select(turn => turn.GetProperty("transcript").GetString()));
    }

    /// <summary>Without a goodbye: where a test has failed, that would hide why.</summary>
    public ValueTask DisposeAsync()
    {
        _client.Socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task VerifyTurnsAsync()
    {
        var number = 0;
        await using var command = _host.Api.Database.DataSource.CreateCommand(
            $"select id, sequence, transcript, reply, latency_ms::text from voice.turns where session_id = '{Id}' order by sequence");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var (words, told) = _turns[number++];
            Assert.Equal(
                (told.GetProperty("turn_id").GetString(), number, words, told.GetProperty("reply").GetString()),
                (reader.GetString(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3)));
            using var latency = JsonDocument.Parse(reader.GetString(4));
            Assert.Equal(Stages(told.GetProperty("latency_ms")), Stages(latency.RootElement));
        }

        Assert.Equal(_turns.Count, number);

        static SortedDictionary<string, double> Stages(JsonElement latency) =>
            new(latency.EnumerateObject().ToDictionary(stage => stage.Name, stage => stage.Value.GetDouble()));
    }

    /// <summary>The user's side is what was sent, to the sample; the assistant's has both sentences of each reply.</summary>
    private async Task VerifyRecordingAsync()
    {
        var wav = WavFile.Parse((await _host.Api.BlobAsync("recordings", $"org_default/{Id}.wav"))!);
        Assert.True(wav.Left.Length >= _sent.Count, $"{wav.Left.Length} samples of {_sent.Count} were recorded");
        Assert.True(wav.Left.AsSpan(0, _sent.Count).SequenceEqual(_sent.ToArray()), "the user's audio was recorded otherwise than it was sent");
        Assert.Equal(2 * _turns.Count * (int)(ReplySpeech.TotalSeconds * wav.SampleRate), wav.Right.Count(sample => sample == 8_000));
    }
}
