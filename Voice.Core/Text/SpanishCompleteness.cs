using System.Collections.Frozen;

namespace Voice.Core.Text;

/// <summary>Words without accents, as recognisers often leave them out: "si" alone says yes, at the end of a clause it says if.</summary>
internal static class SpanishCompleteness
{
    private static readonly FrozenSet<string> Trailing = SpokenWords.Set(
        "y e o u pero porque si cuando mientras aunque como que cual quien donde sino pues entonces " +
        "a de en con por para sin sobre entre hasta desde hacia segun contra durante mediante ante bajo tras del al " +
        "el la los las un una unos unas mi tu su mis tus sus nuestro nuestra nuestros nuestras cada muy mas tan " +
        "es son era eran fue fueron soy estoy estaba estamos tengo tiene tenemos tenia quiero queria quisiera quiere necesito necesitaba necesita puedo podria puede debo voy vamos va hay he ha han me te se le nos les lo " +
        "eh em este mmm ehh um o sea digamos bueno sr sra dr dra");

    private static readonly FrozenSet<string> Standing = SpokenWords.Phrases(
        "si, no, claro, claro que si, claro que no, por supuesto, vale, de acuerdo, gracias, muchas gracias, si gracias, no gracias, si por favor, por favor, ok, okay, bien, muy bien, esta bien, perfecto, correcto, exacto, " +
        "eso es, eso es todo, eso seria todo, nada mas, es todo, adios, hasta luego, hasta manana, hola, buenos dias, buenas tardes, buenas noches, buenas, no se, no lo se, creo que si, creo que no, ya, ya esta, listo, " +
        "entiendo, lo entiendo, ya entiendo, que, como, cuando, donde, quien, cual, por que, por que no, como esta, como estas, que es eso, disculpe, perdon, lo siento, ayuda, espere, espera, todavia no, aun no, tal vez, quizas, " +
        "yo tambien, yo tampoco, no importa, asi es, lo tengo, si lo tengo, si lo se, ahi esta, si hay, no hay, si tengo, no tengo, si quiero, no quiero, si puedo, no puedo, que hay, digame, diga, mande");

    private static readonly FrozenSet<string> Answers = SpokenWords.Set("si no claro vale bueno ok okay hola gracias perfecto");
    private static readonly FrozenSet<string> QuestionWords = SpokenWords.Set("que cual cuales quien quienes cuando cuanto cuanta cuantos cuantas donde como por a");
    private static readonly FrozenSet<string> Subordinating = SpokenWords.Set("si cuando aunque mientras como");
    private static readonly FrozenSet<string> Digits = SpokenWords.Set("cero uno dos tres cuatro cinco seis siete ocho nueve");
    private static readonly FrozenSet<string> Dictated = SpokenWords.Set("numero telefono codigo tarjeta cuenta postal movil poliza");
    private static readonly FrozenSet<string> Verbs = SpokenWords.Set(
        "es son era fue soy estoy esta estan estaba tengo tiene tienen tenia quiero quisiera queria necesito necesita puedo puede pueden podria debo voy va hay he ha me gustaria duele duelen llamo llama llamaba llego vivo trabajo " +
        "pago perdi olvide recibi compre pedi reserve busco hacer ver saber hablar pedir cambiar cancelar reservar ir tener estar ser aceptan abren cierran cuesta");

    public static Completeness Of(string[] words)
    {
        if (Standing.Contains(string.Join(' ', words)))
        {
            return Completeness.Finished;
        }

        if (words.Length > 1 && words[^1] is "favor" && words[^2] is "por")
        {
            return Completeness.Finished;
        }

        if (words[^1] is "gracias")
        {
            return Completeness.Finished;
        }

        if (words[^1] is "esta" or "estas" or "estan" or "este")
        {
            return words.Length <= 4 && words[0] is "como" or "donde" or "que" ? Completeness.Likely : Completeness.Open;
        }

        if (Trailing.Contains(words[^1]) || Dictating(words))
        {
            // "dígame cómo es", "no sé qué tiene": what comes after the verb was said before it.
            return words.Length > 2 && words[^2] is "que" or "como" or "donde" or "cual" or "lo" && words[^1] is "es" or "son" or "tiene" or "tengo" or "puedo" or "hay" ? Completeness.Open : Completeness.Unfinished;
        }

        var first = Answers.Contains(words[0]) && words.Length > 1 ? 1 : 0;
        if (QuestionWords.Contains(words[first]) && words.Length >= first + 3)
        {
            return Completeness.Likely;
        }

        if (Subordinating.Contains(words[0]) && words.Length < 6)
        {
            return Completeness.Unfinished;
        }

        if (first == 1 && words.Length <= 3)
        {
            return Completeness.Likely;
        }

        return words.Length >= 3 && words[..^1].Any(Verbs.Contains) ? Completeness.Likely : Completeness.Open;
    }

    private static bool Dictating(string[] words)
    {
        var digits = words.Reverse().TakeWhile(word => Digits.Contains(word) || word.All(char.IsAsciiDigit)).Sum(word => char.IsAsciiDigit(word[0]) ? word.Length : 1);
        return digits is > 0 and < 7 && words.Any(Dictated.Contains);
    }
}
