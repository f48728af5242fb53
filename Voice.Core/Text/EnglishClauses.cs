using static Voice.Core.Text.EnglishWords;

namespace Voice.Core.Text;

/// <summary>Where the verbs of an utterance are, and what is still missing of its clauses. A shallow look from left to right, no parse.</summary>
internal sealed class EnglishClauses
{
    private readonly List<string> _words;
    private readonly List<int> _predicates = [];
    private int _clause;

    public EnglishClauses(List<string> words)
    {
        _words = words;
        Read();
    }

    /// <summary>The newest verb, auxiliary or not; -1 for none.</summary>
    public int LastVerb { get; private set; } = -1;

    /// <summary>"can you", "what do you": the verb that the first one helps is not there.</summary>
    public bool AwaitsVerb { get; private set; }

    /// <summary>The newest verb is something that is done to its subject.</summary>
    public bool Passive { get; private set; }

    public int Predicates => _predicates.Count;

    public int PredicatesAfter(int index) => _predicates.Count(predicate => predicate > index);

    public int FirstPredicate => _predicates.Count > 0 ? _predicates[0] : -1;

    /// <summary>Whether a word is used as a verb, as far as its neighbour before it tells.</summary>
    private bool IsVerb(int at, out EnglishVerb verb)
    {
        if (!EnglishVerbs.TryGet(_words[at], out verb))
        {
            return false;
        }

        if (at == 0)
        {
            return verb.Base || !verb.Noun;
        }

        var before = _words[at - 1];
        if (before is "to" || Modals.Contains(before) || Do.Contains(before) || Subjects.Contains(before) || before is "you" or "it" or "not" or "never" or "please" or "always" or "already" or "just" or "who" or "there")
        {
            return true;
        }

        if (OnlyDeterminers.Contains(before) || Numbers.Contains(before))
        {
            return false;
        }

        // "overnight shipping", "free parking".
        if (!verb.Finite && !verb.Participle && !Be.Contains(before) && !Pronouns.Contains(before) && !Adverbs.Contains(before) && !Prepositions.Contains(before) && !Conjunctions.Contains(before) && !Questions.Contains(before) && !EnglishVerbs.TryGet(before, out _))
        {
            return false;
        }

        if (!verb.Noun)
        {
            return !Prepositions.Contains(before) || before is "of" or "for" or "by" or "from" or "without" or "about" or "at" or "in";
        }

        if (Determiners.Contains(before) && before is not ("that" or "this" or "which" or "all" or "both"))
        {
            return false;
        }

        // "when does the ferry leave".
        if (AwaitsVerb && verb.Base && !Adjectives.Contains(before))
        {
            return true;
        }

        // "phone calls", "a late order" are nouns; "the app crashes", "my parents live" are not, where nothing was said of them yet.
        return Pronouns.Contains(before) || Adverbs.Contains(before) || Conjunctions.Contains(before)
            || (before is "that" or "this" or "which" && !verb.Base)
            || ((!verb.Base || (before.EndsWith('s') && at > 1)) && PredicatesAfter(_clause - 1) == 0 && !Adjectives.Contains(before) && !Prepositions.Contains(before) && !IsAuxiliary(before) && !EnglishVerbs.TryGet(before, out _));
    }

    private void Read()
    {
        var (group, be) = (false, false);
        for (var i = 0; i < _words.Count; i++)
        {
            var word = _words[i];
            if (i > 0 && (Questions.Contains(word) || Conjunctions.Contains(word)))
            {
                (_clause, group) = (Questions.Contains(word) ? i : i + 1, false);
            }
            else if (IsAuxiliary(word) && !(word is "might" or "may" or "will" or "can" && i > 0 && OnlyDeterminers.Contains(_words[i - 1])))
            {
                (group, be) = (Auxiliary(i, word, group), Be.Contains(word) || (be && group));
            }
            else if (IsVerb(i, out var verb))
            {
                if (!group && !AwaitsVerb && verb.Finite && (i == 0 || _words[i - 1] is not "to"))
                {
                    _predicates.Add(i);
                }

                Passive = verb.Participle && (be && group || (i > 0 && _words[i - 1] is "get" or "got" or "getting"));
                (group, AwaitsVerb, LastVerb) = (false, AwaitsVerb && !verb.Base && !verb.Participle, i);
            }
            else if (!Adverbs.Contains(word))
            {
                group = AwaitsVerb && group;
            }
        }
    }

    /// <returns>Whether the verb that it helps may follow.</returns>
    private bool Auxiliary(int at, string word, bool group)
    {
        var clause = Math.Min(_clause, at);
        var continues = (group && !AwaitsVerb) || (AwaitsVerb && word is "be" or "have" or "do") || (at > 0 && _words[at - 1] is "to");
        (LastVerb, Passive) = (at, false);
        if (continues)
        {
            AwaitsVerb = false;
            return true;
        }

        _predicates.Add(at);
        var first = at == clause || Markers.Contains(_words[at - 1]) || (Questions.Contains(_words[clause]) && _predicates.Count(predicate => predicate >= clause) == 1);
        AwaitsVerb = first && !Be.Contains(word) && (clause == 0 || !Questions.Contains(_words[clause]) || Subjects.Contains(Next(at)) || Next(at) is "you" or "it")
            && !(_words[clause] is "who" or "which" or "what" && Have.Contains(word)) && !IsVerbal(at + 1)
            && !(Have.Contains(word) && at == 0 && Next(at) is "a" or "an" or "some" or "to");
        return true;
    }

    private string Next(int at) => at + 1 < _words.Count ? _words[at + 1] : string.Empty;

    /// <summary>A verb or what belongs to one, so that nothing was inverted: "who can help", "please do not".</summary>
    private bool IsVerbal(int at) => at < _words.Count && (IsAuxiliary(_words[at]) || _words[at] is "not" || (EnglishVerbs.TryGet(_words[at], out var verb) && !verb.Noun));
}
