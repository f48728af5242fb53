namespace Voice.Safety.Interventions;

/// <summary>
/// What found it. The engine has a guard of its own in front of these (it can act before the reply is spoken, on one turn alone);
/// the layers here see the session.
/// </summary>
internal static class SafetyLayers
{
    /// <summary>The words of this turn.</summary>
    public const string Lexicon = "lexicon";

    /// <summary>Words that a pause cut over two turns: "i want to" – "end my life".</summary>
    public const string LexiconAcrossTurns = "lexicon_across_turns";

    /// <summary>The same concern, time and again.</summary>
    public const string RepeatedConcern = "repeated_concern";
}
