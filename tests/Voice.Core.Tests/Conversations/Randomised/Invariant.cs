using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>Something that holds in every conversation. Sees what the client saw, in order, and tells what is wrong with it.</summary>
internal abstract class Invariant
{
    private readonly List<string> _wrong = [];

    public IReadOnlyList<string> Wrong => _wrong;

    public abstract void See(Entry entry);

    /// <summary>All was seen up to the point where the conversation was ended by its owner.</summary>
    public virtual void Settled(Recording recording)
    {
    }

    public virtual void Ended(Recording recording)
    {
    }

    public static IReadOnlyList<string> Check(Recording recording)
    {
        Invariant[] all = [new ResponseInvariant(), new ItemInvariant(), new SpeechInvariant(), new TurnInvariant(), new PlaybackInvariant(recording.Script), new IdleInvariant(recording.Script)];
        if (recording.Script.Deaf)
        {
            return recording.Wrong;
        }

        foreach (var invariant in all)
        {
            for (var i = 0; i < recording.Log.Count; i++)
            {
                if (i == recording.Settled && recording.Script.Settles)
                {
                    invariant.Settled(recording);
                }

                invariant.See(recording.Log[i]);
            }

            if (recording.Settled == recording.Log.Count && recording.Script.Settles)
            {
                invariant.Settled(recording);
            }

            invariant.Ended(recording);
        }

        return [.. recording.Wrong, .. all.SelectMany(invariant => invariant.Wrong.Select(wrong => $"{invariant.GetType().Name}: {wrong}"))];
    }

    protected void That(bool holds, string otherwise)
    {
        if (!holds && _wrong.Count < 5)
        {
            _wrong.Add(otherwise);
        }
    }
}
