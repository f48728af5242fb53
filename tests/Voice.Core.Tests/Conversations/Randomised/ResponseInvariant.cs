using Voice.Core.Audio;
using Voice.Core.Conversations;
using Voice.Core.Providers;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>Every response ends once, nothing of it comes before its beginning or after its end, and its parts come in the order of the protocol.</summary>
internal sealed class ResponseInvariant : Invariant
{
    private readonly Dictionary<string, Seen> _responses = [];
    private bool _readLate;

    public override void See(Entry entry)
    {
        switch (entry)
        {
            case { Step: Step.Reading { On: false } }:
                _readLate = true;
                break;
            case { Event: ConversationEvent.ResponseCreated created }:
                That(_responses.TryAdd(created.Response.Id, new Seen(created.Response)), $"{created.Response.Id} was created twice");
                That(_responses.Values.Count(seen => !seen.Done && !seen.OutOfBand) <= 1, $"{created.Response.Id} began while another ran");
                break;
            case { Event: ConversationEvent.OutputItemAdded added }:
                Begin(added);
                break;
            case { Event: ConversationEvent.ItemAdded added } when Owner(added.Item.Id) is { } item:
                Next(item, "item", "added");
                break;
            case { Event: ConversationEvent.ContentPartAdded part }:
                Next(Item(part.ResponseId, part.ItemId), "part", Opened(part.ResponseId));
                break;
            case { Event: ConversationEvent.TextDelta delta }:
                Next(Item(delta.ResponseId, delta.ItemId), "part", "part").Text += delta.Delta;
                break;
            case { Event: ConversationEvent.AudioDelta audio }:
                Audio(audio);
                break;
            case { Event: ConversationEvent.AudioDone done }:
                Next(Item(done.ResponseId, done.ItemId), "audio done", "part");
                break;
            case { Event: ConversationEvent.TextDone done }:
                var written = Next(Item(done.ResponseId, done.ItemId), "text done", _responses.GetValueOrDefault(done.ResponseId)?.Audio == true ? "audio done" : "part");
                written.Cut = written.Text != done.Text;
                That(written.Text.StartsWith(done.Text, StringComparison.Ordinal), $"{done.ItemId}: its deltas are '{written.Text}' and its text '{done.Text}'");
                written.Text = done.Text;
                break;
            case { Event: ConversationEvent.ContentPartDone done }:
                Next(Item(done.ResponseId, done.ItemId), "closed", "text done");
                break;
            case { Event: ConversationEvent.CallDelta call }:
                Next(Item(call.ResponseId, call.ItemId), "writing", Opened(call.ResponseId), "writing").Text += call.Delta;
                break;
            case { Event: ConversationEvent.CallDone call }:
                var asked = Next(Item(call.ResponseId, call.ItemId), "closed", Opened(call.ResponseId), "writing");
                That(asked.Text == call.Arguments, $"{call.ItemId}: its deltas are '{asked.Text}' and its arguments '{call.Arguments}'");
                break;
            case { Event: ConversationEvent.ServerCallArguments call }:
                Next(Item(call.ResponseId, call.ItemId), "arguments", Opened(call.ResponseId));
                break;
            case { Event: ConversationEvent.ServerCallStarted call }:
                Next(Item(call.ResponseId, call.ItemId), "started", "arguments");
                break;
            case { Event: ConversationEvent.ServerCallEnded call }:
                Next(Item(call.ResponseId, call.ItemId), "closed", "started");
                break;
            case { Event: ConversationEvent.ItemDone done } when Owner(done.Item.Id) is { } item:
                // A tool whose response was interrupted may go on: nobody knows yet whether it fails.
                Next(item, "item done", done.Item is ConversationItem.ServerToolCall { Status: ItemStatus.Incomplete, Output: null, Error: null } ? "started" : "closed");
                break;
            case { Event: ConversationEvent.OutputItemDone done }:
                Next(Item(done.ResponseId, done.Item.Id), "done", _responses.GetValueOrDefault(done.ResponseId)?.OutOfBand == true ? "closed" : "item done");
                break;
            case { Event: ConversationEvent.Latency latency }:
                That(_responses.TryGetValue(latency.ResponseId, out var told) && !told.Done, $"latency of {latency.ResponseId}, which does not run");
                break;
            case { Event: ConversationEvent.ResponseDone done }:
                Done(done.Response);
                break;
        }
    }

    public override void Settled(Recording recording) => AllDone("after it settled");

    public override void Ended(Recording recording) => AllDone("at the end");

    private void AllDone(string when)
    {
        foreach (var (id, _) in _responses.Where(response => !response.Value.Done))
        {
            That(false, $"{id} is not done {when}");
        }
    }

    private void Begin(ConversationEvent.OutputItemAdded added)
    {
        if (Running(added.ResponseId) is { } response)
        {
            // Tools of the server's run at once; everything else one after the other.
            That(
                added.Item is ConversationItem.ServerToolCall || response.Items.Values.All(item => item.State == "done" || item.OfServer),
                $"{added.Item.Id} was added before the item before it was done");
            That(added.OutputIndex == response.Items.Count, $"{added.Item.Id} is the output {added.OutputIndex} after {response.Items.Count}");
            That(response.Items.TryAdd(added.Item.Id, new SeenItem(added.Item is ConversationItem.ServerToolCall)), $"{added.Item.Id} was added twice");
        }
    }

    private void Audio(ConversationEvent.AudioDelta audio)
    {
        Next(Item(audio.ResponseId, audio.ItemId), "part", "part");
        if (Running(audio.ResponseId) is { } response)
        {
            That(response.Audio, $"{audio.ResponseId} is text and has audio");
            That(audio.Pcm.Length > 0, $"{audio.ResponseId} has an empty block of audio");
            That(audio.At is null == response.OutOfBand, $"{audio.ResponseId} plays at '{audio.At}'");
            That(response.PlaysNext is null || audio.At >= response.PlaysNext - TimeSpan.FromMilliseconds(1), $"{audio.ResponseId} plays over itself at {audio.At}");
            var duration = Pcm16.Duration(audio.Pcm.Length, ISpeechSynthesizer.SampleRate);
            response.PlaysNext = audio.At + duration;
            response.Sent += duration;
        }
    }

    private void Done(ResponseState state)
    {
        if (Running(state.Id) is not { } response)
        {
            return;
        }

        response.Done = true;
        That(state.Status != ResponseStatus.InProgress, $"{state.Id} is done and in progress");
        That(response.Items.Values.All(item => item.State == "done"), $"{state.Id} is done before its items");
        That(state.Output.Select(item => item.Id).SequenceEqual(response.Items.Keys), $"{state.Id}: its output is not what was added");
        That(state.Output.All(item => item.Status != ItemStatus.InProgress), $"{state.Id}: its output is in progress");
        That(
            state.Output.OfType<ConversationItem.Message>().All(item => response.Items.TryGetValue(item.Id, out var seen) && seen.Text == item.Text),
            $"{state.Id}: its output is not what was written");
        That(
            state.End?.Reason == "max_output_tokens" || response.Items.Values.All(item => !item.Cut), $"{state.Id}: less is in its text than was written, and no limit was reached");
        That(
            state.MaxOutputTokens is not { } limit || state.Output.Any(item => item is not ConversationItem.Message) || state.Usage.OutputTextTokens + state.Usage.OutputAudioTokens <= limit,
            $"{state.Id}: {state.Usage} is more than {state.MaxOutputTokens}");
        // The ledger's figure, in the units of the protocol: exactly what was sent.
        That(
            _readLate || state.Usage.OutputAudioTokens == ResponseUsage.AudioTokens(response.Sent),
            $"{state.Id}: {response.Sent} of audio were sent and {state.Usage.OutputAudioTokens} tokens counted");
    }

    private string Opened(string responseId) => _responses.GetValueOrDefault(responseId)?.OutOfBand == true ? "added" : "item";

    private SeenItem? Owner(string itemId) => _responses.Values.Select(response => response.Items.GetValueOrDefault(itemId)).FirstOrDefault(item => item is not null);

    private SeenItem? Item(string responseId, string itemId)
    {
        var item = Running(responseId)?.Items.GetValueOrDefault(itemId);
        That(item is not null, $"{itemId} is no item of {responseId}");
        return item;
    }

    private Seen? Running(string responseId)
    {
        var known = _responses.GetValueOrDefault(responseId);
        That(known is { Done: false }, $"something of {responseId} came {(known is null ? "before it was created" : "after it was done")}");
        return known;
    }

    private SeenItem Next(SeenItem? item, string state, params string[] after)
    {
        if (item is null)
        {
            return new SeenItem(false);
        }

        That(after.Contains(item.State), $"'{state}' came after '{item.State}' and not after '{string.Join("' or '", after)}'");
        item.State = state;
        return item;
    }

    private sealed class Seen(ResponseState created)
    {
        public bool Audio { get; } = created.Audio;

        public bool OutOfBand { get; } = created.OutOfBand;

        public bool Done { get; set; }

        public Dictionary<string, SeenItem> Items { get; } = [];

        public TimeSpan Sent { get; set; }

        public TimeSpan? PlaysNext { get; set; }
    }

    private sealed class SeenItem(bool ofServer)
    {
        public bool OfServer { get; } = ofServer;

        public string State { get; set; } = "added";

        /// <summary>Less of it was said than its deltas promised.</summary>
        public bool Cut { get; set; }

        public string Text { get; set; } = string.Empty;
    }
}
