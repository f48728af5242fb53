using System.Text.RegularExpressions;

namespace Voice.Core.Summaries;

/// <summary>All lists are folded: without accents, as recognisers and people write Spanish too.</summary>
internal static partial class SpanishProfile
{
    public static readonly LanguageProfile Instance = new("es", Words(), StopWords(), Stem, Questions(), Rituals(), NonAnswers());

    private static IReadOnlySet<string> StopWords() => """
        a al algo algun alguna algunas alguno algunos ahi ahora alla alli ante antes aqui asi aun aunque bajo bien buen buena buenas bueno buenos cada casi
        como con contra cosa cosas cual cuales cualquier cuando cuanto cuanta de del desde donde dos durante e el ella ellas ello ellos en entonces entre era
        eran eres es esa esas ese eso esos esta estaba estado estamos estan estar estas este esto estos estoy fue fueron fui gracias ha haber habia hace
        hacen hacer hacia haga hago han has hasta hay he hemos hola hoy ir la las le les lo los luego mas me mi mia mis mismo mucha muchas mucho muchos muy
        nada ni ningun ninguna no nos nosotros nuestra nuestro o otra otras otro otros para pero poco podria podemos puede pueden puedo por porque pues que
        quien quienes quiere quiero quisiera se sea segun ser si sido siempre sin sobre solo son soy su sus tal tambien tampoco tan tanto te tener tengo ti
        tiene tienen toda todas todo todos tras tu tus un una unas uno unos usted ustedes va vamos van vaya ver vez voy y ya yo favor claro vale perfecto
        adios senor senora necesito necesita ayudar ayuda decir dice digo
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    private static string Stem(string word) => word switch
    {
        { Length: > 5 } when word.EndsWith("ces", StringComparison.Ordinal) => word[..^3] + "z",
        { Length: > 5 } when word.EndsWith("es", StringComparison.Ordinal) && word[^3] is 'n' or 'r' or 'l' or 'd' => word[..^2],
        { Length: > 3 } when word.EndsWith('s') => word[..^1],
        _ => word,
    };

    [GeneratedRegex(@"[a-z0-9]+")]
    private static partial Regex Words();

    [GeneratedRegex(
        @"[¿]|\?\s*$|^\W*(?:(?:y|pero|bueno|hola|disculpe|perdon|entonces|oiga)\W+)*(?:que|cuando|donde|a donde|quien|como|cual|cuanto|cuanta|cuantos|cuantas|por que|para que|a que|en que|de que|puede|puedo|podria|podemos|tiene|tienen|hay|es posible|quisiera saber|quiero saber|me gustaria saber|me puede decir)\b")]
    private static partial Regex Questions();

    [GeneratedRegex(
        @"^\W*(?:(?:si|no|bueno|vale|ok|hola|claro|muy bien)\W+)*(?:(?:hola|buenos dias|buenas tardes|buenas noches)\b.{0,40}|(?:muchas )?gracias\b.{0,50}|de nada.*|(?:adios|hasta luego|hasta pronto|que tenga)\b.*|(?:un|espere un|deme un) momento\b.*|en que (?:le |te )?puedo (?:ayudar|servir)\b.*|(?:necesita |hay )?algo mas\b.*|(?:si|no|claro|vale|bien|muy bien|de acuerdo|perfecto|por supuesto|entiendo|ya veo|eso es todo)\b.{0,12})\W*$")]
    private static partial Regex Rituals();

    [GeneratedRegex(
        @"\b(?:no (?:lo |le )?(?:se|tengo|encuentro|encontre|entiendo|entendi|dispongo)|no (?:puedo|podemos) (?:responder|decir|ayudar|encontrar)|no estoy segur[oa]|(?:puede|podria) (?:repetir|decirlo otra vez))\b")]
    private static partial Regex NonAnswers();
}
