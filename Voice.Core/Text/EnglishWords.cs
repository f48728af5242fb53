using System.Collections.Frozen;

namespace Voice.Core.Text;

/// <summary>Closed classes of English words, and an utterance in whole words: "I'm" is two, "uh" is none.</summary>
internal static class EnglishWords
{
    public static readonly FrozenSet<string> Fillers = SpokenWords.Set("um uh uhm umm erm er eh hmm mm mmm ah");
    public static readonly FrozenSet<string> Markers = SpokenWords.Set("yes yeah yep yup no nope nah okay ok oh well so and but hi hello hey alright actually basically anyway also then sorry please thanks because plus sure");
    public static readonly FrozenSet<string> Determiners = SpokenWords.Set("a an the my your his her its our their every each another this that these those some any no all both several many few most enough whose what which");
    public static readonly FrozenSet<string> OnlyDeterminers = SpokenWords.Set("a an the my your his our their every another whose");
    public static readonly FrozenSet<string> Subjects = SpokenWords.Set("i we he she they");
    public static readonly FrozenSet<string> Pronouns = SpokenWords.Set(
        "i we he she they you it me him us them somebody someone something anybody anyone anything nobody nothing everybody everyone everything there myself yourself himself herself itself ourselves themselves mine yours hers ours theirs");
    public static readonly FrozenSet<string> Be = SpokenWords.Set("am is are was were be been being");
    public static readonly FrozenSet<string> Modals = SpokenWords.Set("can could will would should shall may might must cannot");
    public static readonly FrozenSet<string> Do = SpokenWords.Set("do does did");
    public static readonly FrozenSet<string> Have = SpokenWords.Set("have has had having");
    public static readonly FrozenSet<string> Questions = SpokenWords.Set("what when where who whom whose why how which whatever whichever whoever wherever");

    /// <summary>Prepositions that end no sentence but a question or a relative clause.</summary>
    public static readonly FrozenSet<string> Prepositions = SpokenWords.Set(
        "of to at from with into onto between during toward towards per via about against without within despite except among by as for like near than after beside underneath until till since upon regarding including versus amid beneath beyond unlike");

    /// <summary>Prepositions that also are particles ("turn it on") or adverbs ("before").</summary>
    public static readonly FrozenSet<string> Particles = SpokenWords.Set("on in up off over out down through around along across past behind under inside outside above below");
    public static readonly FrozenSet<string> Conjunctions = SpokenWords.Set("and but or nor because cause if while although though unless whereas whether than so plus");
    public static readonly FrozenSet<string> Subordinating = SpokenWords.Set("if although though while unless once whenever whereas because since after before until as wherever");

    /// <summary>Of those, the ones that a noun may follow: "after the meeting I went home".</summary>
    public static readonly FrozenSet<string> PrepositionsToo = SpokenWords.Set("since after before until as once because");
    public static readonly FrozenSet<string> Degrees = SpokenWords.Set("very quite rather extremely pretty incredibly super fairly slightly totally completely absolutely especially particularly almost nearly approximately exactly roughly mainly mostly simply merely");
    public static readonly FrozenSet<string> Adverbs = SpokenWords.Set(
        "not never always often sometimes usually already just still even only really also probably maybe perhaps definitely certainly actually finally recently currently ever soon now here there again together away back home today tomorrow tonight yesterday " +
        "too either yet once twice else instead anymore anyway forward online upstairs downstairs abroad everywhere somewhere anywhere nowhere later earlier before ago though well fast hard late early straight right left");

    /// <summary>Stand before a noun; where a determiner comes before them and nothing after, the noun is still to come.</summary>
    public static readonly FrozenSet<string> Adjectives = SpokenWords.Set(
        "big small large little long short new old young good bad great nice best worst better worse next last first second third fourth fifth other same different main whole entire full empty free open closed hot cold warm cool cheap cheaper expensive early earlier late later " +
        "high higher low lower red green blue yellow black white brown pink purple orange grey gray dark bright light heavy soft hard easy difficult simple quick fast slow strong weak rich poor clean dirty dry wet fresh sick healthy ill tired hungry thirsty happy sad angry afraid " +
        "nearest closest local public private personal medical dental legal national international final previous current recent upcoming following certain special particular specific regular normal standard usual important necessary possible available additional extra double single quiet loud " +
        "beautiful lovely pretty ugly wonderful terrible awful horrible fantastic amazing interesting boring exciting strange weird funny serious real true false wrong right left sore upper lower inner outer front rear only own favorite favourite oldest youngest older younger elder " +
        "bigger smaller larger longer shorter newer nicer easier faster slower higher cheapest biggest smallest largest longest shortest latest earliest fastest highest lowest most least more fewer less such few couple severe mild chronic bloody digital electronic electric automatic mobile annual monthly weekly daily " +
        "broken damaged frozen missing french italian spanish german english chinese japanese american british mexican korean indian european foreign friendly reliable suitable valid invalid proper correct incorrect original urgent emergency huge tiny massive narrow thick thin sweet sour spicy");

    /// <summary>After "am", "is" they ask for more: "I'm allergic".</summary>
    public static readonly FrozenSet<string> Needy = SpokenWords.Set("allergic able unable supposed interested called named based located willing worth according due referred concerned related addicted similar used going about aware capable responsible looking calling trying hoping wondering planning thinking located entitled eligible prone likely");

    /// <summary>Nouns that hardly end a sentence.</summary>
    public static readonly FrozenSet<string> NounsOfMore = SpokenWords.Set("kind sort couple bunch pair front spite addition terms type credit debit swimming living zip postal customer front quarter variety instance plenty dr mr mrs ms saint st");

    public static readonly FrozenSet<string> Numbers = SpokenWords.Set(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen half");

    /// <summary>A verb and its particle, which together may end a sentence.</summary>
    public static readonly FrozenSet<string> Phrasal = SpokenWords.Phrases(
        "turn on,turn off,turn up,turn down,turn around,turn over,switch on,switch off,power on,power off,come in,come on,come over,come up,come by,come down,come out,go on,go out,go off,go up,go down,go in,go over,go through,go by,log in,log on,log out,log off," +
        "sign in,sign up,sign out,check in,check out,find out,figure out,pick up,hang up,hold on,wake up,get up,get out,get in,get on,get off,get over,get through,set up,give up,give in,break down,break up,break in,work out,fill in,fill out,move in,move out,take off,take out,take over," +
        "put on,put off,put down,shut down,shut up,show up,end up,calm down,slow down,sit down,stand up,drop off,drop out,drop by,throw up,throw out,cut off,cut down,kick in,keep on,keep up,pass out,fall off,fall down,fall over,fall out,start over,speak up,back up,write down,lie down,clean up," +
        "carry on,follow up,grow up,make up,mix up,pay off,send over,bring up,bring over,look up,look around,look over,blow up,burn down,stop by,plug in,let in,let out,stay in,stay over,eat out,try on,try out,hand in,hand over,drive in,close down,warm up,heat up,cool down,back out,call off," +
        "open up,hurry up,light up,line up,read out,ring up,run out,run over,sell out,send out,send off,sold out,settle down,sort out,spell out,split up,step in,tear up,think over,use up,wait up,walk in,walk out,wash up,wear off,wear out,wrap up,zoom in,zoom out,top up,put in,hang on,move on,let down,print out,cross out,left over,logged in");

    private static readonly FrozenDictionary<string, string[]> Contracted = new Dictionary<string, string[]>
    {
        ["im"] = ["i", "am"], ["ive"] = ["i", "have"], ["id"] = ["i", "would"], ["ill"] = ["i", "will"], ["youre"] = ["you", "are"], ["youve"] = ["you", "have"], ["youd"] = ["you", "would"], ["youll"] = ["you", "will"],
        ["hes"] = ["he", "is"], ["shes"] = ["she", "is"], ["its"] = ["it", "is"], ["weve"] = ["we", "have"], ["theyre"] = ["they", "are"], ["theyve"] = ["they", "have"], ["theyd"] = ["they", "would"], ["theyll"] = ["they", "will"], ["itll"] = ["it", "will"],
        ["thats"] = ["that", "is"], ["thatll"] = ["that", "will"], ["theres"] = ["there", "is"], ["heres"] = ["here", "is"], ["whats"] = ["what", "is"], ["wheres"] = ["where", "is"], ["whos"] = ["who", "is"], ["hows"] = ["how", "is"], ["whens"] = ["when", "is"],
        ["lets"] = ["let", "us"], ["dont"] = ["do", "not"], ["doesnt"] = ["does", "not"], ["didnt"] = ["did", "not"], ["cant"] = ["can", "not"], ["couldnt"] = ["could", "not"], ["wont"] = ["will", "not"], ["wouldnt"] = ["would", "not"], ["shouldnt"] = ["should", "not"],
        ["isnt"] = ["is", "not"], ["arent"] = ["are", "not"], ["wasnt"] = ["was", "not"], ["werent"] = ["were", "not"], ["havent"] = ["have", "not"], ["hasnt"] = ["has", "not"], ["hadnt"] = ["had", "not"], ["cannot"] = ["can", "not"],
        ["gonna"] = ["going", "to"], ["wanna"] = ["want", "to"], ["gotta"] = ["have", "to"],
    }.ToFrozenDictionary();

    /// <summary>Without fillers and stammers, contractions told apart.</summary>
    public static List<string> Spell(string text, string[] plain)
    {
        var words = new List<string>(plain.Length + 4);
        // "we're" and "well" lose their meaning with their apostrophe; a recogniser that writes none leaves them to be guessed.
        var (were, we) = (text.Contains("e're", StringComparison.OrdinalIgnoreCase) || text.Contains("e’re", StringComparison.OrdinalIgnoreCase), text.Contains("e'll", StringComparison.OrdinalIgnoreCase) || text.Contains("e’ll", StringComparison.OrdinalIgnoreCase));
        foreach (var word in plain)
        {
            if (Fillers.Contains(word))
            {
                continue;
            }

            string[] spelt = word switch
            {
                "were" when were => ["we", "are"],
                "well" when we => ["we", "will"],
                _ => Contracted.GetValueOrDefault(word) ?? [word],
            };
            words.AddRange(spelt);
            // "I I want", "can you can you".
            for (var length = Math.Min(3, words.Count / 2); length > 0; length--)
            {
                if (words[^length..].SequenceEqual(words[^(2 * length)..^length]) && !Numbers.Contains(word) && !char.IsAsciiDigit(word[0]))
                {
                    words.RemoveRange(words.Count - length, length);
                    break;
                }
            }
        }

        return words;
    }

    /// <summary>Ends as "I'm" does, which nobody leaves it at.</summary>
    public static bool IsOpenContraction(string word) => Contracted.TryGetValue(word, out var spelt) && spelt[^1] is not "not" && word != "its";

    public static bool IsAuxiliary(string word) => Be.Contains(word) || Modals.Contains(word) || Do.Contains(word) || Have.Contains(word);
}
