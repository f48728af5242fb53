namespace Voice.Inference.Tests.Providers.Chat;

/// <summary>A service's own way to say what the conformance suite wants said: each member is frames of its stream.</summary>
internal abstract class ChatScript
{
    /// <summary>The beginning of an answer, and these words of it.</summary>
    public abstract string[] Words(params string[] words);

    /// <summary>The end of an answer of words: 12 tokens were asked, 3 of them known from before, and 9 answered.</summary>
    public abstract string[] End();

    /// <summary>A whole answer that calls <c>book({"day":"Monday"})</c> and <c>hours({})</c>, the first's arguments in fragments.</summary>
    public abstract string[] Calls();

    /// <summary>A whole answer that is thought about in "secret" and then says "Yes."</summary>
    public abstract string[] Thought();

    /// <summary>A whole answer that was cut at the limit of tokens after "Half".</summary>
    public abstract string[] Cut();

    public abstract string Overloaded { get; }

    public abstract string Garbage { get; }

    public abstract string Refusal(string message);
}
