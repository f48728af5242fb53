namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>Leaves out of a failing script what it fails without.</summary>
internal static class Shrinker
{
    public static Script Shrink(Script script, Func<Script, bool> fails)
    {
        for (var size = script.Steps.Count / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= script.Steps.Count;)
            {
                var smaller = script with { Steps = [.. script.Steps.Take(at), .. script.Steps.Skip(at + size)] };
                if (fails(smaller))
                {
                    script = smaller;
                }
                else
                {
                    at += size;
                }
            }
        }

        return script;
    }
}
