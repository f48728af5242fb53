using System.Text.RegularExpressions;
using static Voice.Core.Safety.CrisisCategories;
using static Voice.Core.Safety.CrisisRule;

namespace Voice.Core.Safety;

/// <summary>Read over <see cref="CrisisText.NormalizeEnglish"/>: single spaces, no apostrophes, " . " between sentences. The gravest first.</summary>
internal static partial class EnglishCrisisRules
{
    private const string Wish = @"(?:want|wants|wanted|wanting|wish|going|plan|plans|planning|planned|intend|ready|trying|tried|try|decided|need|have|about|like|love|prefer|will|ill|might|could|should|would|id|let me|thinking of|thinking about|thought of|thought about|thoughts of|thoughts about|think of|think about|feel like|feeling like|urge|urges|best)";
    private const string Person = @"(?:him|her|them|my (?:wife|husband|girlfriend|boyfriend|ex|mother|mom|mum|father|dad|brother|sister|boss|son|daughter|kids|children|family|neighbou?r|parents|coworkers?|teacher|roommate|baby|partner)|everyone|everybody|people|someone|somebody|that (?:man|woman|guy|bastard|bitch)|those people|the (?:doctor|nurse|manager))";

    public static IReadOnlyList<CrisisRule> Rules { get; } =
    [
        // Suicide, said outright.
        Crisis(Suicide, @"\b(?:kill|killing|killed|shoot|shooting|hang|hanging|drown|drowning|poison|poisoning|electrocute|suffocate|off|offing|gas|burn) (?:myself|my own self)\b"),
        Crisis(Suicide, @"\b(?:end|ending|take|taking|finish) (?:my (?:own )?life|my own life|it all)\b"),
        Crisis(Suicide, @"\bend (?:things|it) (?:tonight|today|now|for good|once and for all|all)\b"),
        Crisis(Suicide, @"\b(?:commit|committing|committed|attempt|attempting|attempted|consider|considering|contemplating|planning|thinking about|thinking of|thoughts of|thought about|die by|dying by) suicide\b"),
        Crisis(Suicide, @"\b(?:i|im|ive|am|feel|feeling|been|being|getting|so|very|really) suicidal\b"),
        Crisis(Suicide, @"\bsuicidal (?:thoughts|ideation|feelings|urges|right now|again)\b"),
        Crisis(Suicide, @"\bi (?:just |really |honestly |only |seriously |kind of |kinda |sometimes |still |do )*(?:want|wanted|wish|need|hope) (?:to |i could |i would |that i (?:could|would) )(?:just |fucking |freaking |be able to )*(?:die|be dead|not (?:wake up|exist|be alive|be here anymore)|never wake up|stop (?:living|existing))\b"),
        Crisis(Suicide, @"\bi (?:just |really |do )*(?:dont|do not|no longer|cant|cannot) (?:want to|wish to|care to) (?:live|be alive|exist|be here|go on living|wake up|be in this world|be on this earth|keep living|continue living)(?: any ?more| any longer| tomorrow)?\b", negatable: false),
        Crisis(Suicide, @"\b(?:wish|wishing|wished) (?:i|that i) (?:was|were|am|had) (?:dead|never (?:been )?born|not alive|gone)\b"),
        Crisis(Suicide, @"\bi wish i (?:would|could) (?:just )?(?:die|disappear forever|not wake up|never wake up)\b"),
        Crisis(Suicide, @"\b(?:id|i would|im|i am|they(?:d| would)|everyone(?:s| is| would be)?|everybody(?:s| is| would be)?|world(?:s| is| would be)?|family(?:s| is| would be)?|people would be|kids would be|others would be|all be|you(?:d| would) be|be) (?:all )?(?:be )?better off (?:dead|without me|if i (?:was|were) (?:dead|gone|not here)|if i (?:died|disappeared)|with me (?:dead|gone))\b"),
        Crisis(Suicide, @"\bbetter off without me\b"),
        Crisis(Suicide, @"\b(?:no|not any|isnt any|not a|dont see (?:a|any)|cant see (?:a|any)|cannot see (?:a|any)) (?:reason|point|purpose) (?:to|in|for me to|left to|of) (?:live|living|go on|going on|be alive|being alive|keep living|stay alive|staying alive|wake up)\b", negatable: false),
        Crisis(Suicide, @"\b(?:nothing|no reason) (?:left )?to live for\b", negatable: false),
        Crisis(Suicide, @"\blife (?:is not|isnt|not|is no longer) worth (?:living|it)\b", negatable: false),
        Crisis(Suicide, @"\b(?:cant|cannot|can not|dont want to|do not want to) (?:go on|keep (?:going|living)|live|take (?:it|this|life)|do this)(?: like this| with this| this way)? any ?more\b", negatable: false),
        Crisis(Suicide, @"\bjump(?:ing)? (?:off|from|in front of|under) (?:a |the |my |this |that )?(?:bridge|roof|building|balcony|train|bus|truck|car|traffic|window|cliff|overpass|tracks?)\b"),
        Crisis(Suicide, @"\b(?:overdose|overdosing|od) (?:on|myself|tonight|with)\b"),
        Crisis(Suicide, @"\b(?:take|taking|took|swallow|swallowed|swallowing) (?:all|a bottle of|a whole bottle of|the whole bottle of|too many of|a handful of|a bunch of)(?: of)? (?:(?:my|the|these|those|her|his) )?(?:\w+ )?(?:pills|tablets|meds|medication|medications|medicine|tylenol|sleeping pills|antidepressants)\b"),
        Crisis(Suicide, @"\bput (?:a|the|this) (?:gun|bullet) (?:to|in|through) my (?:head|mouth|brain)\b"),
        Crisis(Suicide, @"\bblow(?:ing)? my (?:brains|head) (?:out|off)\b"),
        Crisis(Suicide, @"\b(?:slit|slitting|cut|cutting|slash|slashing|sever|severing|pierce|piercing|open|opening) (?:open )?my (?:own )?(?:\w+ )?(?:wrist|wrists|artery|arteries|vein|veins|throat|jugular|carotid)\b"),
        Crisis(Suicide, @"\b(?:wrote|written|writing|write|left|leaving) (?:a|my|the) suicide (?:note|letter)\b"),
        Crisis(Suicide, @"\bmy suicide(?: note| plan| letter| attempt)?\b"),
        Crisis(Suicide, @"\b(?:how|ways?|method|methods|easiest|painless|painlessly|quickest|best) (?:\w+ ){0,4}(?:kill|hang|drown|poison|shoot) (?:myself|yourself|oneself)\b", negatable: false),
        Crisis(Suicide, @"\b(?:painless|painlessly|easiest|quickest|peaceful) (?:way|ways|method|methods) (?:to|of) (?:die|dying|go|suicide)\b", negatable: false),
        Crisis(Suicide, @"\bhow many (?:\w+ ){0,3}(?:pills|tablets|milligrams|mg|meds) (?:\w+ ){0,5}(?:to die|to kill|fatal|lethal|overdose)\b", negatable: false),
        Crisis(Suicide, @"\b(?:goodbye|good bye|farewell) (?:forever|cruel world|everyone forever)\b"),
        Crisis(Suicide, @"\b(?:this is|these are) my (?:final|last) (?:goodbye|words|message|night|day) (?:. )?"),
        Crisis(Suicide, @"\b(?:wont|will not|not going to|might not|not gonna) (?:be (?:here|around|alive)|make it|live|wake up) (?:much longer|tomorrow|tonight|next week|by morning|through the night|in the morning|to see)\b", negatable: false),
        Crisis(Suicide, @"\b(?:i deserve to die|i should(?:nt)? (?:just )?(?:die|be dead|be alive|exist|have been born)|i should just be dead|rather be dead|id rather die than (?:live|wake|go on|keep))\b", negatable: false),
        Crisis(Suicide, @"\b(?:im|i am|am) (?:just )?(?:ready|prepared|going) to die\b"),
        Crisis(Suicide, @"\b(?:done with|sick of|tired of|exhausted (?:of|from)) (?:living|life|being alive|existing|this life|my life)\b"),
        Crisis(Suicide, @"\b(?:go to sleep|fall asleep|sleep) (?:forever|and (?:never|not) wake(?: up)?|and dont wake up)\b"),
        Crisis(Suicide, @"\bnever wake up again\b"),

        // Others, with an object that is a person.
        Crisis(HarmToOthers, @"\b" + Wish + @" (?:to |of |just |really |fucking )*(?:kill|murder|shoot|stab|strangle|poison|choke to death|beat to death|slaughter|execute|set fire to|attack) " + Person + @"\b"),
        Crisis(HarmToOthers, @"\bi(?:m| am)? (?:just )?(?:going to|will|want to) (?:shoot up|blow up|bomb|burn down) (?:the|my|this|a|that) (?:school|office|clinic|hospital|church|mosque|house|building|workplace|place|mall|airport)\b"),
        Crisis(HarmToOthers, @"\b(?:ill|i will|im going to|i am going to) (?:make (?:him|her|them) pay with (?:his|her|their) (?:life|lives)|end (?:his|her|their) (?:life|lives))\b"),
        Concern(HarmToOthers, @"\b" + Wish + @" (?:to |of |just |really )*(?:hurt|harm|beat up|hit|punch|injure) " + Person + @"\b"),
        Concern(HarmToOthers, @"\b(?:voices|voice) (?:\w+ ){0,4}(?:tell|tells|telling) me to (?:hurt|kill|harm|attack|do)\b"),

        // Self-harm without the wish to die.
        Crisis(SelfHarm, @"\b(?:cut|cutting|cuts|burn|burning|burned|hurt|hurting|harm|harming|harmed|starve|starving|punish|punishing|scratch|scratching|injure|injuring) (?:myself|my own (?:arms?|legs?|thighs?|skin|body))\b"),
        Crisis(SelfHarm, @"\b(?:cut|cutting|cuts|slice|slicing|burning) my (?:arms?|legs?|thighs?|skin|forearms?)(?: on purpose| with| again| up| to feel)"),
        Crisis(SelfHarm, @"\b(?:self harm|self harming|self harmed|selfharm|self injury|self mutilat\w+)\b"),
        Crisis(SelfHarm, @"\bi (?:\w+ ){0,2}(?:started|been|keep|kept|cant stop|relapsed and) cutting(?: again)? (?:. |$|again|because|when|every|to)"),

        // Abuse.
        Crisis(Abuse, @"\b(?:hes|shes|he is|she is|theyre|my (?:\w+ )?(?:husband|wife|boyfriend|girlfriend|partner|father|dad|stepdad|stepfather|mother|mom|mum|uncle|brother|ex|parents?)(?: is| keeps| was| has been)?) (?:is |keeps? |keeps on |always |still |just |has been |been )*(?:going to kill me|trying to kill me|hitting me|hits me|hit me|beating me|beats me|beat me|choking me|choked me|strangled me|strangling me|rapes? me|raped me|raping me|molest\w* me|threatened to kill me|threatens to kill me|threatening (?:me|to kill me)|hurts me|hurting me|abuses me|abusing me|touches me|touching me (?:down there|at night)|punched me|kicked me|locks me|locked me)\b"),
        Crisis(Abuse, @"\b(?:he|she|they|someone|somebody|a man|a guy) (?:\w+ )?(?:raped|molested|sexually assaulted|sexually abused|assaulted|strangled|choked|beat|abused|is hitting|keeps hitting|threatened to kill) me\b"),
        Crisis(Abuse, @"\bi (?:was|am|have been|got|am being|was being|keep getting|im being) (?:raped|molested|sexually assaulted|sexually abused|abused|beaten|held against my will|trafficked|assaulted)\b"),
        Crisis(Abuse, @"\b(?:im|i am|i feel) (?:afraid|scared|terrified) (?:of (?:him|her|my (?:husband|wife|boyfriend|girlfriend|partner|father|dad|stepfather|stepdad))|(?:he|she)(?: is|s|ll| will)? (?:going to )?(?:hurt|kill|hit) me)\b"),
        Concern(Abuse, @"\b(?:im|i am|i do not feel|i dont feel) (?:not safe|unsafe|safe) (?:at home|in my (?:own )?home|with (?:him|her|my (?:husband|wife|partner|father|dad)))\b", negatable: false),
        Concern(Abuse, @"\b(?:domestic violence|abusive (?:husband|wife|relationship|partner|boyfriend|girlfriend|father|home|marriage))\b"),

        // The body.
        Crisis(MedicalEmergency, @"\b(?:cant|cannot|can not|unable to|not able to|struggling to|stopped|isnt|is not|not) breath(?:e|ing)\b", negatable: false),
        Crisis(MedicalEmergency, @"\b(?:chest (?:pain|pains|pressure|tightness)|crushing (?:pain|chest)|pain in my chest|my chest (?:hurts|is tight|feels tight|feels like))"),
        Crisis(MedicalEmergency, @"\b(?:having|have|had|has|think) (?:\w+ ){0,3}(?:heart attack|stroke|seizure|anaphyla\w+|cardiac arrest)\b"),
        Crisis(MedicalEmergency, @"\b(?:call|need|send|get) (?:\w+ ){0,2}(?:an ambulance|911|nine one one|999|112|paramedics|the ambulance)\b"),
        Crisis(MedicalEmergency, @"\b(?:bleeding (?:out|heavily|badly|a lot|to death|and it wont stop)|wont stop bleeding|not stop bleeding|coughing up blood|vomiting blood|throwing up blood|losing a lot of blood)\b", negatable: false),
        Crisis(MedicalEmergency, @"\b(?:unconscious|unresponsive|passed out and|collapsed and|not waking up|wont wake up|not responding|turning blue|lips are blue)\b", negatable: false),
        Crisis(MedicalEmergency, @"\b(?:face (?:is |has )?(?:drooping|gone numb)|cant (?:move|feel) (?:my|one) (?:\w+ )?(?:arm|leg|side|face)|(?:left|right) (?:arm|side) (?:is |has gone |went )?numb|slurr(?:ed|ing) (?:my )?(?:speech|words))\b", negatable: false),
        Crisis(MedicalEmergency, @"\b(?:i|ive|he|she|my (?:son|daughter|child|baby|husband|wife|mother|father|mom|dad)) (?:just |has |have |accidentally |may have |might have |think )*(?:overdosed|od d|swallowed (?:bleach|poison|a battery|pills|batteries|detergent)|drank (?:bleach|antifreeze|poison))\b"),
        Crisis(MedicalEmergency, @"\b(?:throat is (?:closing|swelling)|tongue is swelling|swollen throat and|allergic reaction and i cant|is choking|im choking|i am choking)\b"),

        // Worth attention.
        Concern(Suicide, @"\b(?:he|she|they|my (?:\w+ )?(?:friend|son|daughter|sister|brother|mother|father|mom|dad|husband|wife|partner|roommate|student|patient|cousin|boyfriend|girlfriend)) (?:\w+ ){0,4}(?:kill (?:himself|herself|themselves|themself)|end (?:his|her|their) (?:own )?life|suicidal|commit suicide|wants? to die)\b"),
        Concern(Suicide, @"\b(?:hopeless|worthless|a burden (?:to|on)|nobody would (?:care|notice|miss me)|no one would (?:care|notice|miss me)|no one cares if i|nobody cares if i|wouldnt be missed)\b"),
        Concern(Suicide, @"\bi (?:just |really )*(?:want|wish|need) (?:to |i could )(?:just )?(?:disappear|vanish|be gone|give up on (?:life|everything)|give up completely|escape (?:everything|life|it all)|stop (?:existing|feeling|hurting|the pain))\b"),
        Concern(Suicide, @"\b(?:hate (?:my life|being alive|living|myself)|cant (?:cope|bear (?:it|this)|go on)|cannot (?:cope|go on)|given up on life|giving up on life|lost the will to live|theres no hope|there is no hope|no way out|nothing matters any ?more|whats the point (?:of|in) (?:living|life|anything|going on|being alive|any of it))\b", negatable: false),
        Concern(Suicide, @"^ (?:suicide|suicidal|kill myself|i want to die) (?:. )?$"),
        Concern(Suicide, @"\b(?:i|me|im|ive|my) (?:\w+ ){0,4}suicide\b"),
        Concern(Suicide, @"\b(?:giving away|gave away|given away) (?:all )?(?:of )?my (?:things|stuff|belongings|possessions|pets?)\b"),
        Concern(SelfHarm, @"\b(?:urge|urges|want|tempted) to (?:cut|burn|bruise)(?: again)? (?:. |$)"),
    ];

    /// <summary>"I would never ...", "I am not ...", "no thoughts of ...": in the words before, in the same sentence.</summary>
    public static bool Denied(string text, Match match)
    {
        var before = text.AsSpan(0, match.Index);
        var sentence = before[(before.LastIndexOfAny('.', '#') + 1)..];
        var window = sentence.Length > 45 ? sentence[^45..].ToString() : sentence.ToString();
        // "I am not okay, I want to die" starts over; "I do not think I want to die" does not.
        var denial = match.ValueSpan.StartsWith("i ") ? OpinionDenial() : Denial();
        return (denial.IsMatch(window) && !FalseDenial().IsMatch(window)) || Fiction().IsMatch(text);
    }

    // Said of a work, a word or a statistic: nobody in the room.
    [GeneratedRegex(@"\b(?:movie|film|novel|book|song|episode|documentary|character|lyrics|statistics|essay|article|research paper|play|opera|hamlet|poem|video ?game|quest|npc) (?:\w+ ){0,6}(?:about|where|in which|kills?|commits?|wants?|dies|on|who|called|titled|is)\b")]
    private static partial Regex Fiction();

    [GeneratedRegex(@"\b(?:not|never|dont|didnt|wont|wouldnt|isnt|arent|havent|hadnt|aint|cant imagine|no (?:thoughts?|plans?|intention|desire|wish|urge)|without|stopped|no longer|deny|denies|denied|far from|nobody is|no one is)(?: (?!(?:i|im|ive|id|but|because|so|cause|anymore)\b)\w+){0,5} ?$")]
    private static partial Regex Denial();

    [GeneratedRegex(@"\b(?:not|never|dont|didnt|wouldnt|cant|isnt|havent)(?: \w+){0,2} (?:think|thinking|believe|say|saying|said|that|mean|meaning|feel|like|because) ?$")]
    private static partial Regex OpinionDenial();

    // Words that look like denial and are none: "why not kill myself", "I cannot stop thinking of ...", "I don't know if I should ...", "not sure".
    [GeneratedRegex(@"\b(?:why (?:not|dont i)|why shouldnt|not sure|dont know|do not know|cant stop|cannot stop|wont stop|not only|not just|if i dont|didnt work|dont care|do not care|dont stop me|not scared|not afraid|dont mind|dont see why|not help|nothing)\b")]
    private static partial Regex FalseDenial();
}
