using System.Text.RegularExpressions;

namespace Voice.Core.Summaries;

internal static partial class EnglishProfile
{
    public static readonly LanguageProfile Instance = new("en", Words(), StopWords(), Stem, Questions(), Rituals(), NonAnswers());

    private static IReadOnlySet<string> StopWords() => """
        a about above after again all also am an and any are aren't as at be because been before being below between both but by can can't cannot could
        couldn't did didn't do does doesn't doing don't down during each else ever few for from further get gets getting give go goes going gonna got had
        hadn't has hasn't have haven't having he he'd he'll he's her here hers him his how how's i i'd i'll i'm i've if in into is isn't it it'd it'll
        it's its just know let let's like little lot many may maybe me might mine more most much must my no nor not now of off oh ok okay on once one only
        or other our out over own please put quite rather really right said same say says see she she's should shouldn't since so some something still
        such sure take tell than thank thanks that that's the their them then there there's these they they'd they'll they're they've thing things think
        this those through to too uh um under until up upon us very want wanna was wasn't way we we'd we'll we're we've well were weren't what what's when
        where which while who who's whom why will with won't would wouldn't yeah yep yes yet you you'd you'll you're you've your yours hello hi hey good
        against feel free great fine nice kind welcome sorry help need could able try trying tried make made use using used look looking
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    /// <summary>Plural, -ing and -ed only: enough to see "appointments" and "appointment" as one, too little to confuse words.</summary>
    private static string Stem(string word)
    {
        word = word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word;
        return word switch
        {
            { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
            { Length: > 4 } when word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("shes", StringComparison.Ordinal) => word[..^2],
            { Length: > 3 } when word.EndsWith('s') && word[^2] is not ('s' or 'u' or 'i') => word[..^1],
            { Length: > 5 } when word.EndsWith("ing", StringComparison.Ordinal) => Undouble(word[..^3]),
            { Length: > 4 } when word.EndsWith("ed", StringComparison.Ordinal) => Undouble(word[..^2]),
            _ => word,
        };
    }

    private static string Undouble(string stem) => stem[^1] == stem[^2] && stem[^1] is not ('l' or 's') ? stem[..^1] : stem;

    [GeneratedRegex(@"[a-z0-9][a-z0-9]*(?:'[a-z]+)?")]
    private static partial Regex Words();

    [GeneratedRegex(
        @"\?\s*$|^\W*(?:(?:and|so|but|well|okay|ok|yes|yeah|hi|hello|um|uh)\W+)*(?:what|when|where|who|whom|whose|why|how|which|can|could|do|does|did|is|are|am|was|were|will|would|should|shall|may|have you|has|any chance|i wonder|i was wondering|tell me (?:about|how|when|where|what|if)|i (?:want|need|would like|'d like) to know)\b")]
    private static partial Regex Questions();

    [GeneratedRegex(
        @"^\W*(?:(?:okay|ok|alright|well|oh|yes|yeah|sure|great|perfect|and|so|hi|hey|hello)\W+)*(?:(?:hello|hi|hey|good (?:morning|afternoon|evening|day))\b.{0,40}|(?:thanks|thank you)\b.{0,60}|you'?re (?:very )?welcome.*|(?:bye|goodbye|good ?bye|see you|take care)\b.*|(?:have a (?:good|great|nice|wonderful)\b.*)|(?:(?:can|may|could) you (?:please )?hold\b.*)|(?:(?:one|just a|give me a|hold on a) (?:moment|minute|second|sec)\b.*)|(?:please )?(?:feel free|don'?t hesitate|do not hesitate)\b.*|(?:please )?let (?:us|me) know if you\b.*|if you (?:have|need) any(?: other| further| more|thing| additional)?\b.{0,24}(?:questions?|concerns?|help|assistance|else).*|(?:i'?m|i am|my name is|this is|you'?re chatting with)(?: \w+){1,3}|(?:i'?m|we'?re|i am|we are) (?:very |so |really )?sorry (?:to hear|about|for)\b.{0,60}|.{0,24}how (?:can|may) i (?:help|assist)\b.*|(?:is there )?anything else\b.*|(?:i'?m |we'?re )?(?:happy|glad|pleasure) to (?:help|assist|chat)\b.*|(?:that'?s|that is) (?:all|it|great|good|perfect)\b.{0,30}|i (?:see|understand)|(?:let me|i'?ll|i will) (?:just )?(?:check|look)\b.{0,40}|(?:yes|yeah|no|nope|sure|okay|ok|right|exactly|great|perfect|alright|uh huh|got it|of course|absolutely|cool)\b.{0,12})\W*$")]
    private static partial Regex Rituals();

    [GeneratedRegex(
        @"\b(?:i (?:do not|don't|did not|didn't) (?:know|have|find|understand|catch)|i am not sure|i'm not sure|(?:not|no) (?:information|details|answer)|i (?:cannot|can't|could not|couldn't) (?:answer|find|tell|say|help)|(?:sorry|pardon)[^.]{0,40}(?:repeat|again|understand|catch)|(?:could|can) you (?:please )?(?:repeat|say that again|rephrase))\b")]
    private static partial Regex NonAnswers();
}
