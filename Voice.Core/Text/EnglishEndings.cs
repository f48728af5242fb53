using System.Collections.Frozen;
using static Voice.Core.Text.EnglishWords;

namespace Voice.Core.Text;

/// <summary>What the last word says, given what was before it.</summary>
internal static class EnglishEndings
{
    /// <summary>Verbs that have a particle in <see cref="Phrasal"/>.</summary>
    private static readonly FrozenSet<string> Bases = SpokenWords.Set(string.Join(' ', Phrasal.Select(phrase => phrase.Split(' ')[0])));

    /// <summary>Null where it does not decide.</summary>
    public static Completeness? OfLastWord(List<string> words, EnglishClauses clauses, bool answers)
    {
        var (last, before) = (words[^1], words.Count > 1 ? words[^2] : string.Empty);
        if (OnlyDeterminers.Contains(last) || Degrees.Contains(last) || (Conjunctions.Contains(last) && last is not "so" and not "though") || NounsOfMore.Contains(last))
        {
            return Completeness.Unfinished;
        }

        if (Subjects.Contains(last) || (IsAuxiliary(last) && !(last is "do" or "have" && before is "to")))
        {
            return Elliptic(words, answers) || (last is "do" or "have" or "be" && words.Count > 3 && !clauses.AwaitsVerb && words[..^1].Exists(word => Do.Contains(word) || Modals.Contains(word)) && IsObjectAhead(words, words.Count - 1)) ? Completeness.Likely
                : words.Count == 2 && (answers || last is "do" or "did") && !Determiners.Contains(before) | before is "that" ? Completeness.Open : Completeness.Unfinished;
        }

        return last switch
        {
            "so" => before is "think" or "hope" or "guess" or "not" or "suppose" ? Completeness.Finished : Completeness.Unfinished,
            "not" => IsAuxiliary(before) && words.Count <= 3 ? Completeness.Open : Completeness.Unfinished,
            "last" or "next" => Be.Contains(before) ? null : words.Count < 3 ? Completeness.Open : Completeness.Unfinished,
            "name" when before is "the" => Completeness.Unfinished,
            "all" or "both" or "each" or "either" => before is "at" or "them" or "us" or "it" or "you" or "that" || words.Count == 1 ? null : Completeness.Open,
            "just" or "even" or "only" or "also" => Completeness.Unfinished,
            "maybe" or "perhaps" or "probably" when words.Count > 1 => Completeness.Open,
            "too" => Be.Contains(before) || before is "not" ? Completeness.Unfinished : null,
            "that" => OfThat(words, before),
            "this" when before is not ("about" or "like" or "for" or "with" or "to" or "is") && words.Count > 2 => Completeness.Open,
            "before" => words.Exists(word => word is "have" or "has" or "had" or "never" or "ever" or "been") ? null : Completeness.Open,
            "there" when before is "heard" or "think" or "thought" or "like" or "say" or "said" or "guess" or "hope" or "believe" or "sure" => Completeness.Unfinished,
            "enough" when Be.Contains(before) => null,
            "one" when before is "the" => words.Count > 2 && Be.Contains(words[^3]) ? Completeness.Likely : Completeness.Open,
            "january" or "february" or "march" or "april" or "june" or "july" or "august" or "september" or "october" or "november" or "december" when before is "on" or "of" && words.Contains("on") => Completeness.Open,
            "you" or "it" or "there" or "this" => OfPronoun(words, clauses, before),
            "these" or "those" or "her" => Completeness.Open,
            "some" or "any" or "many" or "several" or "few" or "most" or "such" or "less" or "more" or "enough" or "no" => before is "any" or "no" or "once" ? null : words.Count < 3 ? Completeness.Unfinished : Completeness.Open,
            "much" => before is "how" ? Completeness.Unfinished : before is "so" or "very" or "too" or "that" or "as" or "not" ? null : Completeness.Open,
            "other" or "same" or "own" => last is "same" && clauses.Predicates > 0 && Be.Contains(words[clauses.LastVerb]) ? Completeness.Likely : words.Count < 3 ? Completeness.Open : Completeness.Unfinished,
            "like" => OfLike(words, before),
            "to" => OfTo(words, before),
            "back" or "away" or "together" => null,
            _ when Questions.Contains(last) => before is "know" or "idea" or "sure" or "see" && words.Contains("not") || words.Contains("no") ? Completeness.Likely : Completeness.Unfinished,
            _ when Prepositions.Contains(last) => IsStranded(words, clauses) ? Completeness.Likely : Completeness.Unfinished,
            _ when Particles.Contains(last) => OfParticle(words, clauses),
            _ when Adjectives.Contains(last) => OfAdjective(words),
            _ when last.EndsWith("ly", StringComparison.Ordinal) && (OnlyDeterminers.Contains(before) || before is "so" or "too" or "more" && words.Count > 2 && OnlyDeterminers.Contains(words[^3])) => before is "the" or "my" or "your" ? Completeness.Open : Completeness.Unfinished,
            _ when Needy.Contains(last) && words.Count > 1 && (Be.Contains(before) || before is "not" or "also" or "been") && !Questions.Contains(words[0]) =>
                last is "interested" or "going" or "concerned" or "related" or "likely" or "calling" ? Completeness.Open : Completeness.Unfinished,
            _ when Numbers.Contains(last) || last.All(char.IsAsciiDigit) => OfNumber(words, before),
            _ => null,
        };
    }

    /// <summary>The last word is a verb.</summary>
    public static Completeness OfVerb(List<string> words, EnglishClauses clauses)
    {
        var at = words.Count - 1;
        if (IsAuxiliary(words[at]) || !EnglishVerbs.TryGet(words[at], out var verb))
        {
            // "to do", "to have": "what do I have to do".
            return IsObjectAhead(words, at) ? Completeness.Likely : Completeness.Unfinished;
        }

        if (clauses.Passive && words[at] is not ("told" or "supposed" or "called" or "used" or "named" or "asked" or "based"))
        {
            return Completeness.Likely;
        }

        // "doing" and "going" ask for nothing where somebody asks how.
        if (words[at] is "doing" or "going" && words.Contains("how"))
        {
            return Completeness.Likely;
        }

        var before = at > 0 ? words[at - 1] : string.Empty;
        var asks = words[..at].Exists(word => Questions.Contains(word) || word is "whether") || (at > 1 && words[at - 2] is "let" && before is "us");
        // "hard to explain", "a place to eat"; but "I would like to explain".
        var whole = asks || (words.Contains("not") && !(verb.Participle && words[..at].Exists(Have.Contains)))
            || (before is "to" && at > 2 && (!EnglishVerbs.TryGet(words[at - 2], out var noun) || (noun.Noun && (Adjectives.Contains(words[at - 3]) || OnlyDeterminers.Contains(words[at - 3])))) && !IsAuxiliary(words[at - 2]) && words[at - 2] is not ("like" or "going" or "able" or "happy" or "me" or "you" or "us"))
            || (verb.Finite && !verb.Base && !IsAuxiliary(before) && (before is "it" or "nobody" or "everybody" or "everyone" or "somebody" or "someone" || (!Pronouns.Contains(before) && !Adverbs.Contains(before))));
        return verb.Valency switch
        {
            Valency.Alone => Completeness.Likely,
            Valency.Complement => asks || IsObjectAhead(words, at) ? Completeness.Likely : Completeness.Unfinished,
            Valency.Either => whole || IsObjectAhead(words, at) ? Completeness.Likely : Completeness.Open,
            _ => IsObjectAhead(words, at) ? Completeness.Likely : at == 0 ? Completeness.Open : Completeness.Unfinished,
        };
    }

    /// <summary>What the verb is done to was said before it: "what do you need", "the one I want", "what would you recommend".</summary>
    public static bool IsObjectAhead(List<string> words, int verb)
    {
        for (var i = verb - 1; i >= 0; i--)
        {
            switch (words[i])
            {
                case "what" or "which" or "who" or "whom" or "whatever":
                    // "what time do you leave", "which day can I get".
                    return !(i + 1 < words.Count && words[i + 1] is "time" or "day" or "date") && !(words[i] is "who" && i == 0 && verb == 1);
                case "many" or "much" when i > 0 && words[i - 1] is "how":
                case "that" when i > 0 && i < verb - 1:
                    return true;
                case "one" or "ones" or "all" or "everything" or "anything" or "nothing" or "something" or "thing" or "things" or "best" when i + 1 < verb && (Subjects.Contains(words[i + 1]) || words[i + 1] is "you" or "my"):
                    return true;
                case "if" or "because" or "when" or "where" or "while" or "how" or "why":
                    return false;
            }
        }

        return false;
    }

    /// <summary>Adverbs between an auxiliary and its verb.</summary>
    public static bool IsBetween(string word) =>
        word is "not" or "still" or "already" or "always" or "never" or "just" or "really" or "also" or "probably" or "usually" or "currently" or "only" or "even" or "often" or "actually" or "recently" or "definitely" or "finally" or "sometimes" or "ever" or "indeed" || (word.EndsWith("ly", StringComparison.Ordinal) && word is not ("early" or "daily" or "only" or "likely" or "family" or "friendly" or "lovely" or "ugly" or "silly" or "july" or "reply" or "lonely"));

    /// <summary>"who should I talk to", "what is it for", "that's what I was looking for".</summary>
    private static bool IsStranded(List<string> words, EnglishClauses clauses)
    {
        var last = words.Count - 1;
        var asked = words.FindIndex(word => word is "what" or "who" or "which" or "where" or "whose" or "one" or "that" or "anything" or "something" or "nothing" or "someone");
        if (asked < 0 || asked >= last - 1 || words[..last].LastIndexOf("if") > asked || words[..last].LastIndexOf("when") > asked)
        {
            return false;
        }

        var before = words[last - 1];
        return clauses.Predicates > 0 && words[last] is not ("than" or "as" or "until" or "till" or "during" or "despite" or "per" or "via" or "upon")
            && (EnglishVerbs.TryGet(before, out var verb) && (verb.Valency != Valency.Object || clauses.Passive) || before is "it" or "this" or "that" or "you" or "they" or "he" or "she" or "we" or "used" or "made");
    }

    private static Completeness? OfTo(List<string> words, string before)
    {
        if (before is "want" or "need" or "like" or "love" or "supposed" or "used" or "have" or "going" or "trying" or "able" or "happy" or "allowed")
        {
            // "I don't want to" answers, and so does "if you want to".
            return words.Contains("not") && words.Count <= 6 || words[0] is "yes" ? Completeness.Likely : Completeness.Unfinished;
        }

        return before is "talk" or "talking" or "talked" or "speak" or "speaking" or "spoke" or "spoken" or "write" or "listen" or "listening" or "belong" or "go" or "going" or "send" or "sent" or "refer" or "referring"
            && words.Any(word => word is "who" or "what" or "which" or "where" or "one" or "someone" or "whom") && words[^2] is not "have" ? Completeness.Likely : Completeness.Unfinished;
    }

    private static Completeness? OfLike(List<string> words, string before) =>
        Questions.Contains(words[0]) || words.Any(word => word is "what" or "how" or "whatever" or "that") && before is not ("would" or "was" or "is" or "it") ? Completeness.Likely : Completeness.Unfinished;

    private static Completeness? OfThat(List<string> words, string before)
    {
        if (before is "know" or "think" or "feel" or "felt" or "say" or "said" or "says" or "sure" or "so" or "mean" or "believe" or "told" or "me" or "you" or "see" or "heard" or "realize" or "hope" or "afraid" or "is" or "was" && !Questions.Contains(words[0]) || words.Count == 1)
        {
            return before is "mean" or "say" or "said" or "heard" or "see" or "is" && words.Count > 2 && words.Any(word => word is "not" or "what" or "why" or "who" or "did" or "do") ? Completeness.Likely : Completeness.Unfinished;
        }

        // "do that", "for that" point at something; "the book that" goes on about it.
        return IsAuxiliary(before) || EnglishVerbs.TryGet(before, out _) || Prepositions.Contains(before) || Particles.Contains(before) || before is "all" ? null : Completeness.Unfinished;
    }

    /// <summary>"can you", "is there": a question that has not got further than its subject. "how are you" has.</summary>
    private static Completeness? OfPronoun(List<string> words, EnglishClauses clauses, string before)
    {
        if (words.Count == 1)
        {
            return words[0] is "there" or "this" or "it" ? Completeness.Open : Completeness.Unfinished;
        }

        if (Be.Contains(before) && words.Count >= 3 && Questions.Contains(words[^3]) && words[^1] is not "there")
        {
            return words[^3] is "why" ? Completeness.Unfinished : Completeness.Likely;
        }

        if (IsAuxiliary(before))
        {
            return words[^1] is "it" or "this" or "there" && Be.Contains(before) && words.Count >= 3 && words.Any(Questions.Contains) ? Completeness.Likely : Completeness.Unfinished;
        }

        // "when you", "if it", "that you", "and it".
        if (Conjunctions.Contains(before) || Questions.Contains(before) || before is "that" or "thing" or "reason" or "way" or "time" or "before" or "after" or "until" or "since")
        {
            return words[^1] is "this" or "it" && before is "before" or "after" or "since" or "until" or "than" ? Completeness.Open : Completeness.Unfinished;
        }

        return clauses.AwaitsVerb ? Completeness.Unfinished : null;
    }

    private static Completeness? OfParticle(List<string> words, EnglishClauses clauses)
    {
        var (last, at) = (words[^1], words.Count - 1);
        for (var i = at - 1; i >= Math.Max(0, at - 4); i--)
        {
            if (EnglishVerbs.TryGet(words[i], out _) && Phrasal.Contains($"{Lemma(words[i])} {last}"))
            {
                // "I want to check in" and "turn the volume up" end; "I found out" what?
                return clauses.Predicates > 0 || i == 0 ? words[i] is "found" or "find" or "figure" or "run" or "ran" or "end" or "ended" or "pick" or "carry" or "fill" && i == at - 1 ? Completeness.Open : Completeness.Likely : Completeness.Open;
            }
        }

        if (last is "on" or "in" or "off" or "up" or "over" or "out" or "down" && (Be.Contains(words[Math.Max(0, at - 1)]) || (at >= 2 && Be.Contains(words[at - 2]) && words[at - 1] is "it" or "they" or "he" or "she" or "you")))
        {
            return Questions.Contains(words[0]) || IsAuxiliary(words[0]) || last is "off" or "over" or "out" or "down" ? Completeness.Likely : Completeness.Open;
        }

        if (last is "in" or "on" && IsStranded(words, clauses))
        {
            return Completeness.Open;
        }

        return last is "up" or "out" or "off" or "down" or "over" or "around" or "inside" or "outside" or "behind" or "through" && words.Count > 1 && last is not "behind" ? last is "inside" or "outside" ? null : Completeness.Open : Completeness.Unfinished;
    }

    /// <summary>"a large", "my oldest": of what? "it is large" is whole.</summary>
    private static Completeness? OfAdjective(List<string> words)
    {
        if (words.Count > 1 && words[^1] is "second" or "left" or "right" && words[^2] is "a" or "one" or "the" or "on")
        {
            return words.Count > 2 ? null : Completeness.Open;
        }

        for (var i = words.Count - 2; i >= 0; i--)
        {
            if (OnlyDeterminers.Contains(words[i]) || Numbers.Contains(words[i]) || words[i] is "some" or "any" or "no" or "this" or "that" or "these" or "those" or "many" or "several")
            {
                return words[i] is "that" or "this" && i > 0 && IsAuxiliary(words[i - 1]) ? null
                    : words.Count - i == words.Count ? Completeness.Open
                    : words[^1] is "left" or "right" or "other" or "public" or "medical" ? null : Completeness.Unfinished;
            }

            if (!Adjectives.Contains(words[i]) && !Degrees.Contains(words[i]) && words[i] is not ("more" or "most" or "too" or "so") && !words[i].EndsWith("ly", StringComparison.Ordinal))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>"at five" tells a time, "I am thirty four" an age; "I need two" something to count.</summary>
    private static Completeness? OfNumber(List<string> words, string before)
    {
        if (words[^1] is "one" && (Adjectives.Contains(before) || before is "the" or "that" or "this" or "which" or "another" or "any"))
        {
            return null;
        }

        if (words.Contains("address") || (Numbers.Contains(before) && words.Count > 2 && Be.Contains(words[^3]) && !words[^2].EndsWith('y')))
        {
            return Completeness.Open;
        }

        if (words[^1] is "hundred" or "thousand" or "million" or "dozen" or "half")
        {
            return Completeness.Open;
        }

        if (before is "in" or "nineteen" or "twenty" && words.Contains("in") && words.Contains("born"))
        {
            return Completeness.Open;
        }

        return before is "at" or "past" or "until" or "till" or "by" or "around" or "number" or "page" or "room" or "before" or "after" || Be.Contains(before) || ((Numbers.Contains(before) || char.IsAsciiDigit(before.Length > 0 ? before[0] : ' ')) && words.Count > 3) ? null
            : words.Count <= 2 && !Determiners.Contains(before) ? Completeness.Open
            : before is "one" or "that" or "this" or "which" ? null : Completeness.Open;
    }

    /// <summary>"yes I do", "so am I", "who are they", "where the station is": the rest was said before.</summary>
    private static bool Elliptic(List<string> words, bool answers)
    {
        if (words.Count == 1)
        {
            return false;
        }

        var (before, last) = (words[^2], words[^1]);
        if (Subjects.Contains(last))
        {
            return Be.Contains(before) && words.Count > 2 && (Questions.Contains(words[^3]) && words[^3] is not "why" || words[^3] is "so" or "neither" or "nor")
                || (IsAuxiliary(before) && words.Count > 2 && words[^3] is "so" or "neither" or "nor");
        }

        if (answers && words.Count <= 3 && before is "that" or "it" or "there")
        {
            return false;
        }

        if (answers && words.Count <= 3 && (Subjects.Contains(before) || before is "you"))
        {
            return true;
        }

        // "do you know where the station is", "that's what it does".
        var asked = words.FindLastIndex(words.Count - 2, word => word is "where" or "who" or "what" or "how" or "which" or "whose");
        return asked >= 0 && words.Count - asked >= 3 && (asked > 0 || Subjects.Contains(before)) && (Be.Contains(last) || Subjects.Contains(before) || before is "it" or "you")
            && !words[(asked + 1)..^1].Any(IsAuxiliary);
    }

    private static string Lemma(string word)
    {
        foreach (var (ending, with) in ((string, string)[])[("", ""), ("s", ""), ("es", ""), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e")])
        {
            if (word.EndsWith(ending, StringComparison.Ordinal) && Bases.Contains(word[..^ending.Length] + with))
            {
                return word[..^ending.Length] + with;
            }
        }

        return word switch
        {
            "went" or "gone" or "going" => "go",
            "came" => "come",
            "got" or "getting" or "gotten" => "get",
            "took" or "taken" => "take",
            "gave" or "given" => "give",
            "broke" or "broken" => "break",
            "woke" => "wake",
            "fell" or "fallen" => "fall",
            "ran" or "running" => "run",
            "found" => "find",
            "setting" => "set",
            "putting" => "put",
            "cutting" => "cut",
            "shutting" => "shut",
            "dropped" or "dropping" => "drop",
            "threw" or "thrown" => "throw",
            "held" => "hold",
            "sat" or "sitting" => "sit",
            "stood" => "stand",
            _ => word,
        };
    }
}
