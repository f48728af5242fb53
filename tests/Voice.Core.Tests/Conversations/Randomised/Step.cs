using Voice.Core.Conversations;
using Voice.Core.Turns;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>One thing that a user, a client, a provider or the platform does.</summary>
internal abstract record Step
{
    public abstract void Play(Performance stage);

    /// <param name="Chunk">Samples per append.</param>
    /// <param name="From">Where in the voice, in ms.</param>
    public sealed record Speak(int Milliseconds, int Chunk, int From) : Step
    {
        public override void Play(Performance stage) => stage.Feed(Milliseconds, Chunk, From);
    }

    public sealed record Quiet(int Milliseconds, int Chunk) : Step
    {
        public override void Play(Performance stage) => stage.Feed(Milliseconds, Chunk, null);
    }

    /// <summary>No audio arrives.</summary>
    public sealed record Wait(int Milliseconds) : Step
    {
        public override void Play(Performance stage) => stage.Wait(TimeSpan.FromMilliseconds(Milliseconds));
    }

    public sealed record Commit : Step
    {
        public override void Play(Performance stage) => stage.Conversation.CommitAudio("ev");
    }

    public sealed record Clear : Step
    {
        public override void Play(Performance stage) => stage.Conversation.ClearAudio();
    }

    public sealed record Update(TurnDetection? Detection, bool Audio) : Step
    {
        public override void Play(Performance stage) => stage.Conversation.Update(settings => settings with { TurnDetection = Detection, Audio = Audio });
    }

    public sealed record Respond(bool? Audio, bool OutOfBand, int? Limit) : Step
    {
        public override void Play(Performance stage) =>
            stage.Conversation.CreateResponse(new ResponseRequest(Audio: Audio, ClientEventId: "ev") { OutOfBand = OutOfBand, MaxOutputTokens = Limit });
    }

    /// <summary>The client gives what its tool found, if one was called, and asks for the answer.</summary>
    public sealed record Answered : Step
    {
        public override void Play(Performance stage)
        {
            var call = stage.ClientCalls.LastOrDefault() ?? "call_wrong";
            stage.Conversation.CreateItem(new ConversationItem.FunctionCallOutput("", call, "42"), null, "ev");
            stage.Conversation.CreateResponse(new ResponseRequest(ClientEventId: "ev"));
        }
    }

    /// <summary>What tools of the server's do from now on.</summary>
    public sealed record Tool(int Takes, bool Fails) : Step
    {
        public override void Play(Performance stage) => stage.Tools.Does = this;
    }

    public sealed record Cancel(Choice Which) : Step
    {
        public override void Play(Performance stage) => stage.Conversation.CancelResponse(
            Which switch { Choice.Newest => stage.Responses.LastOrDefault(), Choice.Older => stage.Responses.FirstOrDefault(), Choice.Wrong => "resp_wrong", _ => null }, "ev");
    }

    /// <param name="After">Items from the end; null appends, -1 is the front, 99 is wrong.</param>
    public sealed record Create(ItemRole Role, string Text, int? After, bool OwnId) : Step
    {
        public override void Play(Performance stage)
        {
            var kind = Role == ItemRole.Assistant ? ItemContentKind.OutputText : ItemContentKind.InputText;
            var item = new ConversationItem.Message(OwnId ? "item_own" : "", Role, ItemStatus.Completed, [new ItemContent(kind, Text)]);
            stage.Conversation.CreateItem(item, After switch { null => null, -1 => "root", { } back => stage.Item(back) }, "ev");
        }
    }

    public sealed record Delete(int Back) : Step
    {
        public override void Play(Performance stage) => stage.Conversation.DeleteItem(stage.Item(Back), "ev");
    }

    public sealed record Retrieve(int Back) : Step
    {
        public override void Play(Performance stage) => stage.Conversation.RetrieveItem(stage.Item(Back), "ev");
    }

    public sealed record Truncate(int Back, int Content, int Milliseconds) : Step
    {
        public override void Play(Performance stage) =>
            stage.Conversation.TruncateItem(stage.Item(Back), Content, TimeSpan.FromMilliseconds(Milliseconds), "ev");
    }

    public sealed record Say(string Text) : Step
    {
        public override void Play(Performance stage) => stage.Conversation.Say(Text);
    }

    public sealed record Reading(bool On) : Step
    {
        public override void Play(Performance stage) => stage.Reading(On);
    }

    /// <summary>What the model does from now on.</summary>
    /// <param name="Tools">Those it calls before it answers.</param>
    public sealed record Model(string Text, int First, int Word, int? FailAt, int Unreachable, bool Stalls, string? Tools) : Step
    {
        public override void Play(Performance stage) => stage.Model.Does = this;
    }

    /// <summary>What the synthesizer does from now on.</summary>
    /// <param name="Block">Samples of audio per word.</param>
    public sealed record Voice(int First, int Each, int Block, int? FailAt, int Unreachable, bool Stalls) : Step
    {
        public override void Play(Performance stage) => stage.Voice.Does = this;
    }

    /// <summary>What the transcriber does from now on.</summary>
    /// <param name="Append">Milliseconds that each append takes.</param>
    public sealed record Hear(string Text, Outcome Answer, int After, int Append, bool Partials, bool Refuses) : Step
    {
        public override void Play(Performance stage) => stage.Transcriber.Does = this;
    }

    /// <param name="Cleanly">The stream ends as if all were said.</param>
    public sealed record Break(bool Cleanly) : Step
    {
        public override void Play(Performance stage) => stage.Transcriber.Break(Cleanly);
    }

    public sealed record Partial(string Text, bool Named, bool Late) : Step
    {
        public override void Play(Performance stage) => stage.Transcriber.Partial(Text, Named, Late);
    }

    internal enum Choice
    {
        Any,
        Newest,
        Older,
        Wrong,
    }

    internal enum Outcome
    {
        Final,
        Failed,
        Never,
        Twice,
        Unknown,
    }
}
