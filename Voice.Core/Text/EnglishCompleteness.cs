using System.Collections.Frozen;
using static Voice.Core.Text.EnglishWords;

namespace Voice.Core.Text;

/// <summary>
/// Asks in turn: is it an answer that stands alone; does the last word promise another; is a verb, or what a verb, a clause or a noun needs,
/// still to come. What nothing is known of stays open: a fragment may be an answer or the beginning of a sentence.
/// </summary>
internal static class EnglishCompleteness
{
    private static readonly FrozenSet<string> Standing = SpokenWords.Phrases(
        "yes, yeah, yep, yup, ya, no, nope, nah, sure, okay, ok, alright, all right, right, correct, exactly, absolutely, definitely, perfect, great, fine, cool, awesome, thanks, thank you, " +
        "thank you very much, thank you so much, thanks a lot, yes please, no thanks, no thank you, please, of course, of course not, not really, not yet, not at all, never mind, nevermind, " +
        "thats all, thats it, that is all, that is it, that will be all, thatll be all, nothing else, thats right, that is right, thats correct, that is correct, thats fine, thats great, that works, sounds good, " +
        "goodbye, bye, bye bye, hello, hi, hey, good morning, good afternoon, good evening, i dont know, i do not know, im not, " +
        "i see, i understand, got it, i got it, me too, why, why not, how, what, when, where, who, really, pardon, sorry, excuse me, stop, wait, cancel, help, how are you, who are you, what is that, whats that, " +
        "go ahead, you too, i think so, i dont think so, i guess so, i hope so, maybe, maybe later, mhm, uh huh, mm hmm, speaking, this is me, no problem, no worries, hold on, one moment, " +
        "never, always, sometimes, none, both, neither, nothing, nobody, anything, everything, today, tomorrow, tonight, yesterday, now, right now, here, how much, how many, how long, which one, what time, as soon as possible, " +
        "im afraid not, not that i know of, it doesnt matter, i dont mind, either is fine, you know what, no idea, i have no idea, i forgot, let me see, let me know, go on, come on, come in, youre welcome, see you, forget it, again, not now, not today");

    private static readonly FrozenSet<string> Answers = SpokenWords.Set("yes yeah yep yup no nope nah okay ok sure alright");
    private static readonly FrozenSet<string> Digits = SpokenWords.Set("zero oh o one two three four five six seven eight nine double triple dash hyphen plus");
    private static readonly FrozenSet<string> Dictated = SpokenWords.Set("number phone telephone code postcode card account zip pin reference mobile policy cell extension passport license licence serial tracking social spelled spelt spell email address dot underscore");
    private static readonly FrozenSet<string> Givers = SpokenWords.Set("give gave giving tell telling told show bring offer lend let make get ask send");
    private static readonly FrozenSet<string> Opinions = SpokenWords.Set("think guess suppose wish hope believe know knew thought said say says mean means sure afraid sorry glad wondering wonder realize understand");
    private static readonly FrozenSet<string> Heads = SpokenWords.Set("one ones thing things all everything anything something nothing place way people person what that who which");

    public static Completeness Of(string text, string[] plain)
    {
        var whole = string.Join(' ', plain);
        if (Standing.Contains(whole))
        {
            return Completeness.Finished;
        }

        if (Fillers.Contains(plain[^1]) || IsOpenContraction(plain[^1]))
        {
            return Completeness.Unfinished;
        }

        var words = Spell(text, plain);
        var answers = words.Count > 0 && Answers.Contains(words[0]);
        if (words.Count > 2 && words[0] is "of" && words[1] is "course")
        {
            answers = true;
            words.RemoveRange(0, 2);
        }

        while (words.Count > 1 && Markers.Contains(words[0]) && !(words[0] is "because" or "so" && words.Count > 2 && words[1] is "of" or "that"))
        {
            answers |= Answers.Contains(words[0]);
            words.RemoveAt(0);
        }

        if (words.Count == 1 && Markers.Contains(words[0]))
        {
            return words[0] is "so" or "and" or "but" or "well" or "also" or "then" or "oh" or "because" or "actually" or "basically" or "plus" || !(answers || words[0] is "please" or "thanks" or "sorry")
                ? Completeness.Unfinished : Completeness.Finished;
        }

        if (words[^1] is "please" or "thanks" or "bye" or "goodbye" || (words.Count > 2 && words[^1] is "you" && words[^2] is "thank"))
        {
            var before = Grade(words[..(words[^1] is "you" ? ^2 : ^1)], answers);
            return before == Completeness.Unfinished ? before : Completeness.Finished;
        }

        if (words[0] is "thank" && words.Count > 2)
        {
            words.RemoveRange(0, 2);
            var rest = Grade(words, answers: true);
            return rest == Completeness.Unfinished ? rest : words[0] is "for" or "so" or "very" or "again" ? Completeness.Finished : rest;
        }

        var grade = Standing.Contains(string.Join(' ', words)) ? Completeness.Finished : Grade(words, answers);
        return grade;
    }

    private static Completeness Grade(List<string> words, bool answers)
    {
        if (words.Count == 0 || IsDictating(words))
        {
            return Completeness.Unfinished;
        }

        var clauses = new EnglishClauses(words);
        if (EnglishEndings.OfLastWord(words, clauses, answers) is { } ending)
        {
            return ending;
        }

        if (clauses.AwaitsVerb || IsClauseOpen(words, clauses) || IsSubjectOnly(words, clauses) || IsQuestionOfBeOpen(words, clauses))
        {
            return Completeness.Unfinished;
        }

        var verb = clauses.LastVerb;
        if (verb < 0 || clauses.Predicates == 0)
        {
            // "yes on monday", "what about monday", "for my daughter please".
            return (answers && words.Count <= 4) || (words[0] is "what" or "how" && words.Count > 2 && words[1] is "about") ? Completeness.Likely : Completeness.Open;
        }

        if (verb == words.Count - 1)
        {
            return EnglishEndings.OfVerb(words, clauses);
        }

        // "I can't access": what kind of verb that is, nobody has told.
        if ((Modals.Contains(words[verb]) || Do.Contains(words[verb])) && (verb == words.Count - 2 || (verb == words.Count - 3 && words[^2] is "not")) && !Adverbs.Contains(words[^1]) && !Pronouns.Contains(words[^1]))
        {
            return Completeness.Open;
        }

        // "can you tell me": what?
        if (verb == words.Count - 2 && Givers.Contains(words[verb]) && words[^1] is "me" or "us" or "him" or "them" or "you" && !clauses.Passive && !EnglishEndings.IsObjectAhead(words, verb))
        {
            return Completeness.Unfinished;
        }

        // "I think the shop": does what?
        if (Opinions.Contains(words[verb]) && !clauses.Passive && (OnlyDeterminers.Contains(words[verb + 1]) || Subjects.Contains(words[verb + 1])))
        {
            return Completeness.Open;
        }

        // "it is still", "I have never".
        if (IsAuxiliary(words[verb]) && words[(verb + 1)..].All(EnglishEndings.IsBetween))
        {
            return words.Count <= 3 && words[^1] is "not" ? Completeness.Open : Completeness.Unfinished;
        }

        return Completeness.Likely;
    }

    /// <summary>A subordinate clause without its verb, or without the main clause that it belongs to.</summary>
    private static bool IsClauseOpen(List<string> words, EnglishClauses clauses)
    {
        for (var i = words.Count - 1; i > 0; i--)
        {
            var opens = words[i] is "if" or "whether" or "because" or "although" or "unless" or "while" or "when" or "where" or "why" or "how" or "what" or "who" or "which"
                || (words[i] is "that" && i + 1 < words.Count && Opinions.Contains(words[i - 1]) && (Numbers.Contains(words[i + 1]) || Subjects.Contains(words[i + 1]) || OnlyDeterminers.Contains(words[i + 1]) || words[i + 1] is "it" or "you" or "there"));
            if (opens && !(words[i] is "because" && i + 1 < words.Count && words[i + 1] is "of") && !(words[i] is "what" or "how" && i + 1 < words.Count && words[i + 1] is "about"))
            {
                if (clauses.PredicatesAfter(i) == 0 && !words[i..].Contains("to"))
                {
                    return true;
                }

                break;
            }
        }

        var first = words[0] is "even" or "just" or "only" && words.Count > 1 ? 1 : 0;
        if (words[first] is "every" && words.Count > 2 && words[1] is "time")
        {
            return clauses.Predicates < 2;
        }

        if (words[first] is "when" or "where" && words.Count > first + 1 && IsAuxiliary(words[first + 1]))
        {
            return false;
        }

        if (!Subordinating.Contains(words[first]) && words[first] is not ("when" or "where") || (words[first] is "what" or "how"))
        {
            return words[0] is "what" && words.Count > 2 && words[1] is "if" && clauses.Predicates < 1;
        }

        if (clauses.Predicates >= 2)
        {
            return false;
        }

        // "after the meeting I went home" has but one verb, and it is not that of "after".
        return !(PrepositionsToo.Contains(words[first]) && clauses.Predicates == 1 && words.Take(clauses.FirstPredicate).Skip(first + 2).Any(word => Subjects.Contains(word) || word is "it" or "you" or "there"))
            && !(words[first] is "because" && clauses.Predicates == 1);
    }

    /// <summary>"the woman who lives next door", "the car my father gave me": and what of her, of it?</summary>
    private static bool IsSubjectOnly(List<string> words, EnglishClauses clauses)
    {
        if (clauses.Predicates != 1 || clauses.FirstPredicate < 2 || Subjects.Contains(words[0]) || Questions.Contains(words[0]) || IsAuxiliary(words[0]) || EnglishVerbs.TryGet(words[0], out var verb) && verb.Base)
        {
            return false;
        }

        var relative = words[..clauses.FirstPredicate].FindIndex(1, word => word is "who" or "which" or "that" or "whose" || Subjects.Contains(word) || word is "you" || word is "my" or "your");
        return relative > 0 && words[relative - 1] is not ("both" or "all" or "and" or "or" or "of" or "for" or "with" or "in" or "at" or "on" or "to" or "from" or "by" or "until" or "since") && Determiners.Contains(words[0]) && words[1] is not ("is" or "was" or "are" or "were")
            && !words[(clauses.FirstPredicate + 1)..].Any(word => word is "and" or "but");
    }

    /// <summary>"is the museum", "why is my bill", "are you": what?</summary>
    private static bool IsQuestionOfBeOpen(List<string> words, EnglishClauses clauses)
    {
        var at = words[0] is "why" ? 1 : 0;
        if (words.Count < at + 2 || !Be.Contains(words[at]) || clauses.LastVerb != at)
        {
            return false;
        }

        if (words[at + 1] is "there" or "that" or "this" or "these" or "those" or "it")
        {
            return words.Count == at + 2;
        }

        return !words[(at + 2)..].Any(word => Adjectives.Contains(word) || Adverbs.Contains(word) || Prepositions.Contains(word) || Particles.Contains(word) || OnlyDeterminers.Contains(word) || word.EndsWith("ing", StringComparison.Ordinal) || word.EndsWith("ed", StringComparison.Ordinal))
            && (words[at + 1] is not ("you" or "he" or "she" or "they" or "we") || words.Count == at + 2);
    }

    /// <summary>Part of a number, a name or an address that is told sign by sign.</summary>
    private static bool IsDictating(List<string> words)
    {
        var (signs, letters) = (0, 0);
        for (var i = words.Count - 1; i >= 0; i--)
        {
            var word = words[i];
            if (word.All(char.IsAsciiDigit))
            {
                signs += word.Length;
            }
            else if (Digits.Contains(word) || word.Length == 1)
            {
                (signs, letters) = (signs + 1, letters + (word.Length == 1 ? 1 : 0));
            }
            else
            {
                break;
            }
        }

        if (signs is 0 or >= 7)
        {
            return words[^1] is "dot" or "underscore" or "dash" or "slash";
        }

        // "a room for two" after "my account" is a count; digits that follow their heading are not. "spelled with a k" is whole.
        var counts = words.Count > signs && words[^(signs + 1)] is "for" or "at" or "about" or "around" or "until" or "and" or "the" or "a" or "an" or "with";
        return (words[..^1].Any(Dictated.Contains) && !counts) || (letters >= 2 && signs == words.Count);
    }
}
