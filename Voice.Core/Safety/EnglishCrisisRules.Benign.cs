using System.Text.RegularExpressions;

namespace Voice.Core.Safety;

internal static partial class EnglishCrisisRules
{
    /// <summary>Idioms and other meanings, taken out before anything is looked for.</summary>
    public static IReadOnlyList<Regex> Benign { get; } =
    [
        CrisisRule.Compile(@"\b(?:is|are|was|were|been|s) (?:absolutely |literally |really |just |slowly |seriously )*killing (?:me|us|it|my (?:back|feet|legs|head|knees?|neck|shoulders?|eyes|vibe|mood|battery|ears))\b"),
        CrisisRule.Compile(@"\bkilling (?:it|me softly|time|spree)\b"),
        CrisisRule.Compile(@"\b(?:my|this|that|the|these|those) (?:\w+ )?(?:homework|traffic|job|boss|heat|suspense|shoes|heels|back|commute|diet|exams?|kids?|feet|feet are|head|headache|deadline|workout|humidity) (?:is|are|s) (?:\w+ )?killing (?:me|us)\b"),
        CrisisRule.Compile(@"\bdying (?:of|from|with) (?:boredom|laughter|laughing|curiosity|thirst|hunger|embarrassment|cuteness|heat|anticipation|excitement|shame|jealousy|cringe)\b"),
        CrisisRule.Compile(@"\b(?:dying|die) (?:to|for) (?:know|see|hear|meet|go|try|get|eat|find|tell|a (?:coffee|drink|cigarette|snack|nap|burger|pizza|beer)|some (?:coffee|chocolate|food|pizza)|it|this|that)\b"),
        CrisisRule.Compile(@"\b(?:im|i am|were|i was) (?:literally |just |actually |so )?(?:dying|dead)(?: laughing| lol| haha| right now lol| over here laughing)\b"),
        CrisisRule.Compile(@"\b(?:to die for|do or die|die hard|never say die|old habits die|diehard|ride or die|sudden death|dead(?:line|lines|lift|lifts)|drop dead gorgeous|dead (?:tired|serious|end|battery|phone|pixel|weight|wrong|sure|air|zone|heat|body language))\b"),
        CrisisRule.Compile(@"\bkill(?:ing|ed|s)? (?:some |the |a |an |this |that |my |your |two |off the )?(?:\w+ )?(?:process|processes|python process|task|tasks|job|jobs|thread|threads|server|session|program|app|tab|window|switch|command|pid|container|pod|lights?|engine|time|birds?|vibe|mood|buzz|weeds?|bugs?|germs?|bacteria|viruses|virus|ants?|mosquito(?:e?s)?|cockroach(?:es)?|spiders?|wasps?|flies|fleas|rats?|mice|vermin|grass|mold|mould|bill|boss in|zombies?|monsters?|dragon|enemies|presentation|interview|exam|test|routine)\b"),
        CrisisRule.Compile(@"\bsuicide (?:squad|prevention|hotline|lifeline|awareness|rates?|statistics|doors?|bomber|burnout|king|pass|sprints?|drill|watch training|cases|law|policy|research|study|studies)\b"),
        CrisisRule.Compile(@"\b(?:assisted|political|career|social|commercial|economic|financial|professional) suicide\b"),
        CrisisRule.Compile(@"\b(?:shoot|kick|slap|punch|hate|kill|hit|pinch) myself (?:for|in the foot|a(?:n)? (?:email|message|text|note)|when i (?:forgot|missed)|if i (?:miss|forget|forgot) (?:it|this|that|the))\b"),
        CrisisRule.Compile(@"\bcould (?:kill|murder|strangle) (?:for )?(?:a|an|some) (?:coffee|burger|pizza|drink|beer|curry|sandwich|tea|steak)\b"),
        CrisisRule.Compile(@"\b(?:murder|kill|slay|crush|bomb|ace|smash|nail|destroy|hit) (?:the|this|that|my|a) (?:test|exam|interview|presentation|competition|targets?|goals?|audition|game|song|stage|gig|quiz|midterm|final)\b"),
        CrisisRule.Compile(@"\b(?:my|the|his|her|our|your|this|that) (?:\w+ )?(?:phone|laptop|car|battery|computer|plant|plants|goldfish|wifi|internet|connection|engine|camera|tablet|watch|printer) (?:is |has |just |is going to |keeps? |was |almost )*(?:died|dying|die|dies|dead|killed)\b"),
        CrisisRule.Compile(@"\b(?:cut|cutting|cuts|burn|burned|burnt|hurt) (?:myself|my (?:finger|hand|thumb|arm|leg|foot|tongue)) (?:\w+ )?(?:shaving|cooking|while (?:shaving|cooking|chopping|cutting|working|playing|gardening|running)|on (?:the|a|some) (?:stove|oven|pan|paper|glass|knife|can|iron|fence|coffee)|by accident|accidentally|slicing|chopping|at (?:work|the gym|soccer|football)|playing|in the kitchen|making|lifting|working out|moving)\b"),
        CrisisRule.Compile(@"\baccidentally (?:cut|burned|burnt|hurt|injured|poked|stabbed) myself\b"),
        CrisisRule.Compile(@"\b(?:cut|cutting) (?:myself|me) (?:off|some slack|a (?:slice|piece)|in)\b"),
        CrisisRule.Compile(@"\b(?:hurt|kill|hang) myself (?:laughing|with laughter|out to dry)\b"),
        CrisisRule.Compile(@"\bhang(?:ing)? (?:out|up|on|a|the|my (?:coat|jacket|clothes|picture|laundry))\b"),
        CrisisRule.Compile(@"\blife (?:insurance|assurance|policy|coverage|sciences?|coach\w*)\b"),
        CrisisRule.Compile(@"\b(?:end|ending|finish) it all (?:up|off|by (?:friday|monday|tomorrow))\b"),
        CrisisRule.Compile(@"\b(?:jump|jumping) (?:off|from) (?:the |a |that )?(?:bridge|cliff) (?:with|in) (?:a )?(?:bungee|parachute|game)\b"),
        CrisisRule.Compile(@"\bbungee jump\w*(?: \w+){0,4}\b"),
        CrisisRule.Compile(@"\btake (?:it|this|that) any ?more (?:lightly|seriously)\b"),
        CrisisRule.Compile(@"\b(?:hopeless|worthless) (?:at|with|romantic|cook|driver|piece of|case|junk|coupon|in (?:math|the kitchen|sports))\b"),
        CrisisRule.Compile(@"\b(?:that|this|it|he|she|joke|song|movie|game|you)(?:s| is| was)? (?:took|takes|taking) my breath away\b"),
        CrisisRule.Compile(@"\bheart attack (?:when|seeing|risk|prevention|symptoms in general)\b"),
        CrisisRule.Compile(@"\b(?:almost|nearly|practically) (?:had|gave me|having) a heart attack\b"),
        CrisisRule.Compile(@"\bgave me a heart attack\b"),
        CrisisRule.Compile(@"\b(?:stroke of (?:luck|genius)|different strokes|stroke order|brush stroke|breast ?stroke)\b"),
        CrisisRule.Compile(@"\bcant breathe (?:through my nose|when i laugh|laughing|from laughing|because im laughing)\b"),
        CrisisRule.Compile(@"\bbeat(?:s|ing)? me (?:at|in|to (?:it|the)|by|every time we play|again at)\b"),
        CrisisRule.Compile(@"\b(?:hits?|hit|hitting) me (?:up|back|with (?:a |an )?(?:question|quote|price|idea|offer|surprise|fee)|that|like)\b"),
        CrisisRule.Compile(@"\b(?:would|will|is going to|going to|gonna) kill me (?:if|when|for)\b"),
        CrisisRule.Compile(@"\b(?:euthani[sz]e|put down) my (?:\w+ )?(?:dog|cat|pet|horse|hamster)\b"),
    ];
}
