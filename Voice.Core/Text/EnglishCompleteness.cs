using System.Collections.Frozen;

namespace Voice.Core.Text;

internal static class EnglishCompleteness
{
    // Only words that hardly ever end a sentence: "what for", "yes I do" and "who is that" end one.
    private static readonly FrozenSet<string> Trailing = SpokenWords.Set(
        "and but or because cause if when while although though unless until since than whether so that which whose " +
        "of to at from with into onto between during toward towards per via about against without within despite except among by as like " +
        "a an the my your his its our their every each another very quite rather several " +
        "um uh uhm umm erm hmm er eh im id ill ive youre youd youve theyre hes shes were wed weve whats wheres theres lets gonna wanna gotta " +
        "need needs want wants going get getting got maybe either neither both also just only even dr mr mrs ms");

    /// <summary>Of <see cref="Trailing"/>, those that do end a sentence after the words given.</summary>
    private static readonly FrozenSet<string> WholeEndings = SpokenWords.Phrases(
        "i think so, think so, hope so, guess so, believe so, so so, like that, do that, want that, need that, about that, with that, is that, see that, get that, got that, for that, heard that, than that," +
        "you want, they want, i want, it going, you going, i get, you get, you got, i need, you need, a few each, not just, thats about, come by, stop by, go with, deal with, go without, look like, feel like, start at," +
        "worried about, forgot about, it about, what about, come with, like to, want to, need to, have to, going to, talking about, that as well, you like, do both, me both, of both, take both");

    private static readonly FrozenSet<string> Standing = SpokenWords.Phrases(
        "yes, yeah, yep, yup, ya, no, nope, nah, sure, okay, ok, alright, all right, right, correct, exactly, absolutely, definitely, perfect, great, fine, cool, awesome, thanks, thank you, " +
        "thank you very much, thank you so much, thanks a lot, yes please, no thanks, no thank you, please, of course, of course not, not really, not yet, not at all, never mind, nevermind, " +
        "thats all, thats it, that is all, that is it, that will be all, thatll be all, nothing else, thats right, that is right, thats correct, that is correct, thats fine, thats great, that works, sounds good, " +
        "goodbye, bye, bye bye, hello, hi, hey, good morning, good afternoon, good evening, i dont know, i do, i dont, i did, i didnt, i am, im not, i am not, i have, i havent, i will, i cant, it is, it isnt, " +
        "i see, i understand, got it, i got it, me too, why, why not, how, what, when, where, who, really, pardon, sorry, excuse me, stop, wait, cancel, help, how are you, who are you, what is that, whats that, " +
        "go ahead, you too, i think so, i dont think so, i guess so, i hope so, maybe, maybe later, mhm, uh huh, mm hmm, speaking, this is me, no problem, no worries, hold on, one moment");

    private static readonly FrozenSet<string> Answers = SpokenWords.Set("yes yeah yep yup no nope nah okay ok sure alright right correct oh ah well hi hello hey thanks great perfect");
    private static readonly FrozenSet<string> Fillers = SpokenWords.Set("um uh uhm umm erm er eh hmm mm well so");
    private static readonly FrozenSet<string> Subjects = SpokenWords.Set("i we he she they");
    private static readonly FrozenSet<string> Auxiliaries = SpokenWords.Set(
        "can could would will should shall may might must do does did is are was am has have had cant couldnt wouldnt wont dont doesnt didnt isnt arent");
    private static readonly FrozenSet<string> QuestionWords = SpokenWords.Set("what when where who whom whose why how which whats wheres whens whos hows");
    private static readonly FrozenSet<string> Subordinating = SpokenWords.Set("if although though while unless once whenever whereas");
    private static readonly FrozenSet<string> Digits = SpokenWords.Set("zero oh one two three four five six seven eight nine double");
    private static readonly FrozenSet<string> Dictated = SpokenWords.Set("number phone telephone code card account zip id pin reference mobile policy");
    private static readonly FrozenSet<string> Verbs = SpokenWords.Set(
        "am is are was were be been have has had do does did can could will would should may might must need want like know think see get got go went come came make made take took give gave tell told say said " +
        "ask asked call called book booked order ordered cancel change check find found help hurt hurts feel felt live lives work works pay paid send sent receive received buy bought lost forgot speak talk love " +
        "im id ill ive youre theyre hes shes were its thats theres whats wheres dont doesnt didnt cant couldnt wont wouldnt isnt arent wasnt havent hasnt lets");

    public static Completeness Of(string[] words)
    {
        var last = words[^1];
        if (Standing.Contains(string.Join(' ', words)))
        {
            return Completeness.Finished;
        }

        if (words.All(Fillers.Contains))
        {
            return Completeness.Unfinished;
        }

        var pair = words.Length > 1 ? $"{words[^2]} {last}" : last;
        if (Trailing.Contains(last))
        {
            // "that is what I want" ends; so may "what is it about". Whether it does is open.
            return WholeEndings.Contains(pair) && words.Length > 2 && !Opens(words) ? Completeness.Open
                : words.Length > 1 && words[^2] is "think" or "hope" or "guess" && last == "so" ? Completeness.Finished
                : Completeness.Unfinished;
        }

        if (Subjects.Contains(last) || Auxiliaries.Contains(last))
        {
            return Elliptic(words) ? Completeness.Likely : Completeness.Unfinished;
        }

        if (Dictating(words) || Inverted(words))
        {
            return Completeness.Unfinished;
        }

        if (words[0] is "thank" or "thanks" || last is "please" or "thanks" or "goodbye" or "bye" || pair is "thank you" or "right now" or "for me")
        {
            return words.Length > 1 ? Completeness.Finished : Completeness.Likely;
        }

        // "if I come at nine": what then?
        if (Subordinating.Contains(words[0]) && words.Length < 7)
        {
            return Completeness.Unfinished;
        }

        if (IsQuestion(words))
        {
            return words.Length >= 3 ? Completeness.Likely : Completeness.Open;
        }

        if (Answers.Contains(words[0]) && words.Length <= 3)
        {
            return Completeness.Likely;
        }

        return words.Length >= 4 && words[..^1].Any(Verbs.Contains) ? Completeness.Likely : Completeness.Open;
    }

    /// <summary>"I want", "I'd like to" begin something; "what do you need" has what comes first.</summary>
    private static bool Opens(string[] words) => !QuestionWords.Contains(words[0]) && !words[..^1].Any(word => QuestionWords.Contains(word) || word is "all" or "everything" or "anything" or "that" or "if" or "dont");

    /// <summary>"yes I do", "so am I", "who are they", "what time it is": the rest was said before.</summary>
    private static bool Elliptic(string[] words)
    {
        if (words.Length == 1)
        {
            return false;
        }

        var (before, last) = (words[^2], words[^1]);
        return Subjects.Contains(last)
            ? Auxiliaries.Contains(before) && words.Length > 2 && (QuestionWords.Contains(words[0]) || words[^3] is "so" or "neither" or "nor") && before is not ("can" or "could" or "should" or "do" or "would")
            : (Subjects.Contains(before) || before is "it" or "you" or "that" or "there") && (Answers.Contains(words[0]) || (words.Length > 2 && words[..^2].Any(QuestionWords.Contains)));
    }

    /// <summary>"can you", "and is there": a question that has not got further than its subject.</summary>
    private static bool Inverted(string[] words) =>
        words.Length is 2 or 3 && (words[^1] is "you" or "it" or "there") && Auxiliaries.Contains(words[^2]) && (words.Length == 2 || words[0] is "and" or "so" or "but" or "well");

    /// <summary>Part of a number of many digits, told digit by digit.</summary>
    private static bool Dictating(string[] words)
    {
        var digits = 0;
        for (var i = words.Length - 1; i >= 0; i--)
        {
            if (Digits.Contains(words[i]))
            {
                digits++;
            }
            else if (words[i].All(char.IsAsciiDigit))
            {
                digits += words[i].Length;
            }
            else
            {
                break;
            }
        }

        return digits is > 0 and < 7 && words.Any(Dictated.Contains);
    }

    private static bool IsQuestion(string[] words)
    {
        var first = Answers.Contains(words[0]) || words[0] is "and" or "so" or "but" ? 1 : 0;
        return words.Length > first + 1
            && (QuestionWords.Contains(words[first])
                || (Auxiliaries.Contains(words[first]) && (Subjects.Contains(words[first + 1]) || words[first + 1] is "you" or "it" or "there" or "the" or "my" or "your" or "that" or "this" or "anyone" or "someone")));
    }
}
