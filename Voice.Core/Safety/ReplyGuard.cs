using System.Text.RegularExpressions;

namespace Voice.Core.Safety;

/// <summary>The last look at a clause before it is spoken: no voice of this platform urges harm, explains how, or plays the doctor of the soul.</summary>
internal static class ReplyGuard
{
    private static readonly Regex[] Never =
    [
        CrisisRule.Compile(@"\b(?:you should|you could|just|go ahead and|why dont you|please|then|simply|try to) (?:\w+ )?(?:kill|hang|hurt|harm|cut|drown|shoot) (?:yourself|yourselves)\b"),
        CrisisRule.Compile(@"^ (?:\w+ ){0,2}kill yourself\b"),
        CrisisRule.Compile(@"\b(?:end|take) your (?:own )?life\b.{0,40}\b(?:by|with|using|easiest|painless)\b"),
        CrisisRule.Compile(@"\b(?:lethal dose|how to (?:overdose|tie a noose)|(?:painless|easiest|quickest) way to die|you are better off dead|world would be better without you|nobody would miss you)\b"),
        CrisisRule.Compile(@"\byou (?:should|must|could) (?:kill|murder|stab|shoot|poison|hurt) (?:him|her|them|your)\b"),
    ];

    // A companion is no physician: it may ask, it may not diagnose or change what a physician has ordered.
    private static readonly Regex[] NeverByCompanion =
    [
        CrisisRule.Compile(@"\byou (?:have|are suffering from|clearly have|probably have|suffer from) (?:\w+ )?(?:depression|bipolar|schizophrenia|ptsd|borderline|psychosis|an? (?:\w+ )?disorder|clinically)\b"),
        CrisisRule.Compile(@"\b(?:stop|quit|double|increase|skip) (?:taking )?(?:your|the) (?:medication|meds|medicine|pills|antidepressants?|dose)\b"),
    ];

    private static readonly Regex[] NeverInKorean =
    [
        CrisisRule.Compile("(?:죽으세요|죽어버려|죽는게낫|자살하세요|자살해라|목을매세요|약을끊으세요|약을그만드세요)"),
    ];

    public static bool Allows(string clause, string mode)
    {
        var text = CrisisText.NormalizeEnglish(clause);
        return !Never.Any(rule => rule.IsMatch(text))
            && (mode != "companion" || !NeverByCompanion.Any(rule => rule.IsMatch(text)))
            && (!CrisisText.HasHangul(clause) || !NeverInKorean.Any(rule => rule.IsMatch(CrisisText.NormalizeKorean(clause))));
    }
}
