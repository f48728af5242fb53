using System.Collections.Frozen;

namespace Voice.Core.Text;

/// <param name="Finite">Base, present or past: makes a sentence with its subject. False of -ing and of participles that are no past.</param>
/// <param name="Noun">May as well be a noun: "order", "calls".</param>
internal readonly record struct EnglishVerb(Valency Valency, bool Base, bool Finite, bool Participle, bool Noun);

/// <summary>The commonest verbs in all their forms. Regular forms are made; a verb with '=' before it may also be a noun.</summary>
internal static class EnglishVerbs
{
    private const string Alone =
        "arrive =work happen =sleep die =wait =walk =talk agree exist appear disappear =travel =land depart =crash =leak =rain =snow =cough vomit bark " +
        "laugh =smile =dance =rest =fail =function =matter react respond recover retire apologize apologise =laugh expire hesitate =stay =itch faint breathe sneeze beep concentrate =snore =flood =rattle =stall vibrate overheat =slip flicker =ache =move " +
        "=end occur graduate collapse struggle =cry =vote =worry =progress proceed cooperate =shop =camp =hike relax =load reload";

    private const string Either =
        "=call ask answer =cook clean wash =watch start =stop finish =help =try open close =change cancel =order =play park =check pass =drop =study =smoke improve =end turn =return " +
        "explain decide remember =visit =rent =dial =print =press =charge phone =email =text reply =register enter follow listen =paint practice =record repeat =save vote =test " +
        "=count =exercise =boil =pack =order =register marry care prepare subscribe unsubscribe confirm continue =refresh restart reboot =update =upgrade =download =upload click =copy =search =type " +
        "=control =protest accept refuse complain suffer =wonder =guess hope believe suppose imagine join burn =kiss =pull =push =block =increase decrease reduce =delay dry =share =claim =land";

    private const string Object =
        "want =need =use =reserve receive =book =schedule reschedule =add =place =request =require =recommend =prefer =mention =offer =own provide =raise =support suggest =treat =trust afford avoid =blame borrow " +
        "carry complete connect contain =contact create deserve discuss describe enjoy expect =handle include =install invite lock unlock manage =mark =notice owe =pick =plan =produce " +
        "=reach realize realise recognize recognise remove =repair =replace =report serve =sign =store supply =switch =transfer verify =fix =fill allow cause =deliver =exchange =arrange =fancy =love hate =like " +
        "attach adjust achieve admit =attack =damage destroy =extend express identify =ignore inform introduce =issue =join =kick =lift =list measure obtain organize organise overcome =own persuade prevent =process " +
        "promote protect prove publish =purchase =refund =regret =reward select separate =ship solve =structure surround =target threaten =touch =track value =warn =wrap =hand =swap =track activate deactivate =collect " +
        "convert =cover discover =display =doubt ensure evaluate examine =host hire =influence =insure =label lack =limit =link =maintain =name overcharge =question rebook redeem renew =review =scan submit translate =waste";

    private const string Complement =
        "seem remain =live belong depend consist refer rely =result =concern =look =sound =taste =smell =tend intend =aim =focus =head";

    /// <summary>Base, past, participle, and what it asks for: a(lone), e(ither), o(bject), c(omplement).</summary>
    private const string Irregular =
        "go went gone a,come came come a,get got gotten o,make made made o,take took taken o,give gave given o,put put put o,bring brought brought o,buy bought bought o,find found found o,let let let o,tell told told o," +
        "say said said o,mean meant meant o,send sent sent o,lose lost lost o,catch caught caught o,=hold held held o,keep kept kept o,become became become c,feel felt felt c,begin began begun e,=break broke broken e," +
        "build built built o,choose chose chosen e,=cost cost cost o,=cut cut cut o,=deal dealt dealt c,=do did done o,draw drew drawn e,=dream dreamt dreamt e,=drink drank drunk e,=drive drove driven e,eat ate eaten e," +
        "=fall fell fallen a,=feed fed fed o,=fight fought fought e,=fly flew flown a,forget forgot forgotten e,forgive forgave forgiven e,freeze froze frozen a,grow grew grown a,hang hung hung e,hear heard heard e,hide hid hidden e,=hit hit hit o," +
        "=hurt hurt hurt a,know knew known e,=lead led led c,learn learnt learnt e,=leave left left e,lend lent lent o,=lie lay lain a,=light lit lit e,meet met met e,pay paid paid e,=quit quit quit e,read read read e,=ride rode ridden e," +
        "=ring rang rung e,=rise rose risen a,=run ran run e,see saw seen e,sell sold sold e,=set set set o,=shake shook shaken e,=shine shone shone a,shoot shot shot e,=show showed shown o,shut shut shut e,sing sang sung e,sink sank sunk a," +
        "sit sat sat a,sleep slept slept a,slide slid slid a,speak spoke spoken e,spend spent spent o,=spill spilt spilt e,spin spun spun a,=spread spread spread e,=stand stood stood e,steal stole stolen o,=stick stuck stuck e,=sting stung stung e,strike struck struck o," +
        "swear swore sworn e,=sweep swept swept e,swell swelled swollen a,swim swam swum a,=swing swung swung e,teach taught taught e,tear tore torn e,think thought thought e,throw threw thrown o,understand understood understood e,=wake woke woken a," +
        "wear wore worn o,win won won e,wind wound wound e,write wrote written e,bend bent bent e,=bite bit bitten e,bleed bled bled a,=blow blew blown e,dig dug dug e,=rest rested rested a,reset reset reset e,split split split e,=spell spelt spelt o,beat beat beaten o,=bet bet bet e,burst burst burst a";

    private static readonly FrozenDictionary<string, EnglishVerb> Forms = Make();

    public static bool TryGet(string word, out EnglishVerb verb) => Forms.TryGetValue(word, out verb);

    private static FrozenDictionary<string, EnglishVerb> Make()
    {
        var forms = new Dictionary<string, EnglishVerb>();
        foreach (var (list, valency) in ((string, Valency)[])[(Alone, Valency.Alone), (Either, Valency.Either), (Object, Valency.Object), (Complement, Valency.Complement)])
        {
            foreach (var entry in list.Split(' '))
            {
                var (verb, noun) = (entry.TrimStart('='), entry[0] == '=');
                Add(verb, Past(verb), Past(verb), valency, noun);
            }
        }

        foreach (var entry in Irregular.Split(','))
        {
            var (parts, noun) = (entry.TrimStart('=').Split(' '), entry[0] == '=');
            Add(parts[0], parts[1], parts[2], parts[3] switch { "a" => Valency.Alone, "e" => Valency.Either, "o" => Valency.Object, _ => Valency.Complement }, noun);
        }

        // Hardly anybody only goes: where?
        forms["went"] = forms["went"] with { Valency = Valency.Complement };
        return forms.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(string verb, string past, string participle, Valency valency, bool noun)
        {
            forms.TryAdd(verb, new(valency, Base: true, Finite: true, Participle: participle == verb, noun));
            forms.TryAdd(Present(verb), new(valency, Base: false, Finite: true, Participle: false, noun));
            forms.TryAdd(past, new(valency, Base: false, Finite: true, Participle: participle == past, Noun: false));
            forms.TryAdd(participle, new(valency, Base: false, Finite: false, Participle: true, Noun: false));
            forms.TryAdd(Continuous(verb), new(valency, Base: false, Finite: false, Participle: false, Noun: false));
            if (verb.EndsWith("el", StringComparison.Ordinal))
            {
                // British: "travelled", "cancelling".
                forms.TryAdd(verb + "led", new(valency, Base: false, Finite: true, Participle: true, Noun: false));
                forms.TryAdd(verb + "ling", new(valency, Base: false, Finite: false, Participle: false, Noun: false));
            }
        }
    }

    private static string Present(string verb) => verb switch
    {
        [.., 's' or 'x' or 'z' or 'o'] or [.., 'c' or 's', 'h'] => verb + "es",
        [.., var before, 'y'] when !IsVowel(before) => verb[..^1] + "ies",
        _ => verb + "s",
    };

    private static string Past(string verb) => verb switch
    {
        [.., 'e'] => verb + "d",
        [.., var before, 'y'] when !IsVowel(before) => verb[..^1] + "ied",
        _ when Doubles(verb) => verb + verb[^1] + "ed",
        _ => verb + "ed",
    };

    private static string Continuous(string verb) => verb switch
    {
        [.., 'i', 'e'] => verb[..^2] + "ying",
        [.., not 'e', 'e'] when verb.Length > 2 => verb[..^1] + "ing",
        _ when Doubles(verb) => verb + verb[^1] + "ing",
        _ => verb + "ing",
    };

    /// <summary>"stop", "plan", "refer": one stressed vowel between consonants. Of two syllables only those that end in -fer or -mit.</summary>
    private static bool Doubles(string verb) =>
        verb.Length > 2 && !IsVowel(verb[^1]) && verb[^1] is not ('w' or 'x' or 'y') && IsVowel(verb[^2]) && !IsVowel(verb[^3])
        && (verb.Count(IsVowel) == 1 || verb.EndsWith("fer", StringComparison.Ordinal) || verb.EndsWith("mit", StringComparison.Ordinal) || verb is "begin" or "forget");

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';
}
