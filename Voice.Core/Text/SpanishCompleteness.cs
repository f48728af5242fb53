using System.Collections.Frozen;

namespace Voice.Core.Text;

/// <summary>Words without accents, as recognisers often leave them out: "si" alone says yes, at the end of a clause it says if.</summary>
internal static class SpanishCompleteness
{
    private static readonly FrozenSet<string> Standing = SpokenWords.Phrases(
        "si, no, claro, claro que si, claro que no, por supuesto, vale, de acuerdo, gracias, muchas gracias, si gracias, no gracias, si por favor, por favor, ok, okay, bien, muy bien, esta bien, perfecto, correcto, exacto, " +
        "eso es, eso es todo, eso seria todo, nada mas, es todo, adios, hasta luego, hasta mañana, hola, buenos dias, buenas tardes, buenas noches, buenas, no se, no lo se, creo que si, creo que no, ya, ya esta, listo, " +
        "entiendo, lo entiendo, ya entiendo, que, como, cuando, donde, quien, cual, por que, por que no, como esta, como estas, como esta usted, que es eso, disculpe, perdon, lo siento, ayuda, espere, espera, todavia no, aun no, tal vez, quizas, " +
        "yo tambien, yo tampoco, no importa, asi es, lo tengo, si lo tengo, si lo se, ahi esta, que hay, digame, diga, mande, " +
        "nunca, siempre, a veces, nada, ninguno, ninguna, nadie, todo, todos, hoy, ahora, aqui, cuanto, cuanto es, que hora es, es correcto, supongo que si, supongo que no, me temo que no, me temo que si, lo antes posible, me da igual, igualmente, encantado, de nada, un momento, ahora no, hoy no, que pasa, vamos, se acabo, me encantaria");

    private static readonly FrozenSet<string> Determiners = SpokenWords.Set(
        "el la los las un una unos unas mi tu su mis tus sus nuestro nuestra nuestros nuestras cada este esta esos estas estos ese esa aquel aquella otro otra otros otras algun alguna algunos algunas ningun ninguna cualquier cuantos cuantas cuanto cuanta");

    private static readonly FrozenSet<string> Prepositions = SpokenWords.Set("a de en con por para sin sobre entre hasta desde hacia segun contra durante mediante ante bajo tras del al excepto salvo incluso");

    private static readonly FrozenSet<string> Trailing = SpokenWords.Set(
        "y e o u ni pero porque si mientras aunque que sino pues entonces a de en con por para sin sobre entre hasta desde hacia segun contra durante mediante ante bajo tras del al " +
        "el la los las un una unos unas mi tu su mis tus sus nuestro nuestra nuestros nuestras cada muy mas tan tanto demasiado algun ningun cualquier otro otra otros otras " +
        "me te se le nos les lo eh em este mmm ehh um o sea digamos bueno sr sra dr dra ademas buen gran primer tercer suficiente suficientes bastante bastantes demasiados tantos tantas proximo proxima ultimo ultima mismo misma ambos varios varias unos casi solo yo");

    private static readonly FrozenSet<string> Be = SpokenWords.Set("es son era eran fue fueron soy seria sera esta estan estoy estaba estaban estamos estuvo sea somos sido ser estar");
    private static readonly FrozenSet<string> Modal = SpokenWords.Set("quiero queria quisiera quiere puedo podria puede podemos pueden debo debe deberia suelo suele he ha has han hemos habia habian habra hay voy va vamos van iba");
    private static readonly FrozenSet<string> NounsOfMore = SpokenWords.Set("calle avenida plaza paseo tipo clase señor señora doctor doctora don doña san santa santo par punto arroba guion falta mitad resto grupo serie");
    private static readonly FrozenSet<string> Questions = SpokenWords.Set("que cual cuales quien quienes cuando cuanto cuanta cuantos cuantas donde como");
    private static readonly FrozenSet<string> Subordinating = SpokenWords.Set("si cuando aunque mientras como porque");
    private static readonly FrozenSet<string> Markers = SpokenWords.Set("si no claro vale bueno ok okay hola perfecto pues entonces mira mire oye oiga ah eh y pero ya bien perdon disculpe");
    private static readonly FrozenSet<string> Answers = SpokenWords.Set("si no claro vale ok okay perfecto bien");
    private static readonly FrozenSet<string> Fillers = SpokenWords.Set("eh em mmm ehh um uh ah hum");
    private static readonly FrozenSet<string> Clitics = SpokenWords.Set("me te se lo la los las le les nos");
    private static readonly FrozenSet<string> Adverbs = SpokenWords.Set("ya aun todavia tambien tampoco nunca siempre casi solo ahora quizas quiza tal vez no mucho poco bien mal");
    private static readonly FrozenSet<string> Digits = SpokenWords.Set("cero uno dos tres cuatro cinco seis siete ocho nueve");
    private static readonly FrozenSet<string> Numbers = SpokenWords.Set("dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento doscientos quinientos mil veintiuno veintidos veinticinco");
    private static readonly FrozenSet<string> Dictated = SpokenWords.Set("numero telefono codigo tarjeta cuenta postal movil poliza celular pin clave referencia pasaporte dni correo email deletreo");

    /// <param name="text">As it was written: "sí" with its accent is no "if".</param>
    public static Completeness Of(string text, string[] plain)
    {
        if (Standing.Contains(string.Join(' ', plain)))
        {
            return Completeness.Finished;
        }

        if (Fillers.Contains(plain[^1]))
        {
            return Completeness.Unfinished;
        }

        var words = plain.Where(word => !Fillers.Contains(word)).ToList();
        for (var i = words.Count - 1; i > 0; i--)
        {
            if (words[i] == words[i - 1] && !Digits.Contains(words[i]) && !char.IsAsciiDigit(words[i][0]))
            {
                words.RemoveAt(i);
            }
        }

        var saysYes = text.AsSpan().TrimStart("¡¿ ").StartsWith("sí", StringComparison.OrdinalIgnoreCase);
        var answers = false;
        while (words.Count > 1 && Markers.Contains(words[0]) && !(words[0] is "si" && !saysYes && SpanishVerbs.TryGet(words[1], out _)) && !(words[0] is "no" && (SpanishVerbs.TryGet(words[1], out _) || Clitics.Contains(words[1]) || words[1] is "se")))
        {
            answers |= Answers.Contains(words[0]);
            words.RemoveAt(0);
        }

        if (words[^1] is "gracias" || (words.Count > 1 && words[^1] is "favor" && words[^2] is "por"))
        {
            var rest = words[^1] is "favor" ? words[..^2] : words[..^1];
            return rest.Count == 0 || !Trailing.Contains(rest[^1]) ? Completeness.Finished : Completeness.Unfinished;
        }

        if (words[0] is "gracias" && words.Count > 2 && !Trailing.Contains(words[^1]))
        {
            return Completeness.Finished;
        }

        if (Standing.Contains(string.Join(' ', words)))
        {
            return words.Count == 1 && words[0] is "pues" or "bueno" or "entonces" or "y" or "pero" or "como" or "que" ? Completeness.Unfinished : Completeness.Finished;
        }

        return Grade(words, answers, saysYes);
    }

    private static Completeness Grade(List<string> words, bool answers, bool saysYes)
    {
        var (last, before) = (words[^1], words.Count > 1 ? words[^2] : string.Empty);
        if (IsDictating(words) || NounsOfMore.Contains(last) || (words.Count == 1 && Markers.Contains(last)))
        {
            return Completeness.Unfinished;
        }

        var verbs = Enumerable.Range(0, words.Count).Where(at => IsVerb(words, at)).ToList();
        var finite = verbs.Where(at => Be.Contains(words[at]) || Modal.Contains(words[at]) || (SpanishVerbs.TryGet(words[at], out var verb) && verb.Finite)).ToList();
        if (answers && words.Count == 1 && finite.Count == 1)
        {
            // "sí quiero".
            return Completeness.Likely;
        }

        if (verbs.Count > 0 && verbs[^1] == words.Count - 1)
        {
            return IsSubjectOnly(words, finite) || (Subordinating.Contains(words[0]) && IsClauseOpen(words, finite, verbs, saysYes)) ? Completeness.Unfinished : OfVerb(words, before, last);
        }

        if (Trailing.Contains(last) || Questions.Contains(last))
        {
            // "lo hago yo", "no lo necesito más", "no sé cuándo".
            return last is "yo" && verbs.Count > 0 ? Completeness.Likely
                : last is "mas" or "mismo" or "solo" or "otro" or "otra" && (words.Contains("no") || last is "mismo" or "solo" or "otro" or "otra") && verbs.Count > 0 && !Determiners.Contains(before) ? Completeness.Likely
                : last is "mismo" or "misma" && before is "lo" or "la" && words.Count > 2 ? Completeness.Likely
                : last is not "que" && Questions.Contains(last) && before is "se" && words.Contains("no") ? Completeness.Likely
                : Completeness.Unfinished;
        }

        if (last is "este" or "esta" or "estos" or "estas" or "ese" or "esa" or "mejor" or "nuevo" or "nueva" or "segundo" or "segunda" or "poco" or "doble")
        {
            if (Determiners.Contains(before) || finite.Count == 0)
            {
                return Completeness.Open;
            }
        }

        if (IsClauseOpen(words, finite, verbs, saysYes) || IsSubjectOnly(words, finite))
        {
            return Completeness.Unfinished;
        }

        if (Numbers.Contains(last) || last.All(char.IsAsciiDigit))
        {
            // "a las dos", "tengo treinta": of what? hours and what stands at the end of a number are whole.
            return (before is "las" or "la" or "calle" || Numbers.Contains(before) || Digits.Contains(before) || before is "y") && finite.Count > 0 ? Completeness.Likely : Completeness.Open;
        }

        // "ya he", "todavía está", "creo que quizás".
        if (last is "quizas" or "quiza" or "incluso" or "ademas" || (verbs.Count > 0 && (Be.Contains(words[verbs[^1]]) || Modal.Contains(words[verbs[^1]])) && words[(verbs[^1] + 1)..].All(Adverbs.Contains) && last is not ("bien" or "mal" or "no")))
        {
            return Completeness.Open;
        }

        if (finite.Count > 0)
        {
            return Completeness.Likely;
        }

        // "mi coche no arranca": a verb, whichever.
        return (answers && words.Count <= 4) || (before is "no" && words.Count > 2) ? Completeness.Likely : Completeness.Open;
    }

    /// <summary>Whether a word is used as a verb: "la cuenta" is none, "cuenta" may be one.</summary>
    private static bool IsVerb(List<string> words, int at)
    {
        var word = words[at];
        var before = at > 0 ? words[at - 1] : string.Empty;
        if (Be.Contains(word) || Modal.Contains(word))
        {
            return !(word is "esta" && at + 1 < words.Count && at > 0 && (Prepositions.Contains(before) || SpanishVerbs.TryGet(before, out _)));
        }

        if (word is "he" or "ha" or "han" || !SpanishVerbs.TryGet(word, out var verb))
        {
            return word is "he" or "ha" or "han";
        }

        if (verb.Infinitive || verb.Clitic)
        {
            return verb.Infinitive || at == 0 || !Determiners.Contains(before) || Clitics.Contains(before) is false && before is "no";
        }

        if (verb.Participle)
        {
            return before is "he" or "ha" or "has" or "han" or "hemos" or "habia" or "habian" or "habra" or "sido" || Be.Contains(before) || before is "ya";
        }

        // "la", "los" are also pronouns: "la abro", "los compré" after "que", "no" or nothing.
        return !Prepositions.Contains(before) && before is not ("buen" or "buena" or "bueno" or "gran" or "nueva" or "nuevo" or "primera" or "ultima" or "mala" or "mejor" or "misma")
            && (!Determiners.Contains(before) || before.StartsWith("cuan", StringComparison.Ordinal) || (before is "la" or "lo" or "los" or "las" && (at == 1 || words[at - 2] is "que" or "no" or "ya" or "yo" or "si" or "cuando" or "se" or "me" or "nos" or "vez") && !Prepositions.Contains(at > 1 ? words[at - 2] : string.Empty)));
    }

    /// <summary>The last word is a verb.</summary>
    private static Completeness OfVerb(List<string> words, string before, string last)
    {
        // "dígame cómo es", "no sé dónde está", "lo que tengo", "cuánto es"; but "creo que tengo".
        var asked = words[..^1].FindLastIndex(word => Questions.Contains(word));
        var objectAhead = Enumerable.Range(0, words.Count - 1).Any(i =>
            words[i] is "que" or "cual" or "cuanto" or "cuantos" or "cuantas" or "quien" or "cuales" && words.Count - i <= 5
            && (i == 0 || (words[i - 1] is "se" ? words.Contains("no") : words[i - 1] is "lo" or "es" or "son" or "con" or "de" or "saber" or "dime" or "digame" or "eso" or "todo" or "el" or "la" or "los" or "las" or "nada" or "algo")));
        if (Be.Contains(last))
        {
            return asked >= 0 && words[asked] is not "cuando" && words.Count - asked <= 2 && words.Count > 2 ? Completeness.Likely : asked > 0 && words[asked] is "donde" or "como" ? Completeness.Likely : Completeness.Unfinished;
        }

        if (Modal.Contains(last))
        {
            return objectAhead && last is "hay" or "quiero" or "quiere" or "queria" || (Clitics.Contains(before) && last is "quiero" or "queria" or "quiere") || (before is "no" && words.Count > 2 && last is "puedo" or "puede" or "quiero" or "podemos" or "hay") || (words[0] is "si" && words.Count == 2) ? Completeness.Likely
                : before is "no" && words.Count == 2 ? Completeness.Open
                : before is "que" && last is "puedo" or "puede" && words.Count > 2 ? Completeness.Open : Completeness.Unfinished;
        }

        SpanishVerbs.TryGet(last, out var verb);
        if (verb.Participle && words.Exists(word => word is "sido" or "fue" or "esta" or "estan" or "es" or "estaba" or "se"))
        {
            return Completeness.Likely;
        }

        if (verb.Clitic && !verb.Infinitive && last.EndsWith("me", StringComparison.Ordinal) && verb.Valency == Valency.Object)
        {
            return Completeness.Open;
        }

        var whole = verb.Clitic || (words[0] is "vamos" && words.Count == 3) || (words[0] is "por" && words.Count == 3) || (verb.Infinitive && before is "de" or "para" && words.Count > 3) || (Clitics.Contains(before) && before is not ("me" or "te" or "nos")) || objectAhead;
        return verb.Valency switch
        {
            Valency.Alone => Completeness.Likely,
            Valency.Complement => (asked >= 0 && words[asked] is "como" or "donde" or "cuanto") || (verb.Infinitive && last is "ir" or "irme" or "irnos") ? Completeness.Likely : Completeness.Unfinished,
            Valency.Either => whole || asked >= 0 || words.Contains("no") || Clitics.Contains(before) ? Completeness.Likely : Completeness.Open,
            _ => whole ? Completeness.Likely : words.Contains("no") && words.Count > 2 || Clitics.Contains(before) ? Completeness.Open : Completeness.Unfinished,
        };
    }

    /// <summary>A clause without its verb, or without the main clause that it belongs to.</summary>
    private static bool IsClauseOpen(List<string> words, List<int> finite, List<int> verbs, bool saysYes)
    {
        var opener = words.FindLastIndex(word => word is "que" or "si" or "cuando" or "donde" or "como" or "porque" or "aunque" or "mientras" or "cuanto" or "cual" or "quien");
        if (opener > 0 && !verbs.Exists(at => at > opener) && words[opener - 1] is not ("mas" or "menos" or "mejor" or "peor" or "igual" or "lo" or "mismo" or "asi" or "tan") && words[opener] is not "como")
        {
            // "el viernes que viene" has its verb; "creo que sí" is whole.
            return words[^1] is not ("si" or "no");
        }

        if (words.Count > 2 && words[0] is "cada" && words[1] is "vez")
        {
            return finite.Count < 2;
        }

        var question = words[0] is "cuando" or "como" && words.Count > 1 && verbs.Contains(1) && (words[0] is "como" || !words[1].EndsWith('o') || Modal.Contains(words[1])) && words.Count <= 5;
        if (Subordinating.Contains(words[0]) && !(words[0] is "si" && saysYes) && !question)
        {
            return finite.Count < 2 && words[0] is not "porque";
        }

        // "antes de empezar", "después de la reunión".
        return words[0] is "antes" or "despues" or "al" or "hasta" or "desde" && finite.Count == 0 && words.Count > 2 && verbs.Count > 0;
    }

    /// <summary>"la mujer que vive al lado", "lo que necesito": and what of her, of it?</summary>
    private static bool IsSubjectOnly(List<string> words, List<int> finite)
    {
        if (finite.Count != 1 || !Determiners.Contains(words[0]) && words[0] is not "lo")
        {
            return false;
        }

        var relative = words.FindIndex(word => word is "que" or "donde");
        return relative > 0 && relative < finite[0] && words[^1] is not "viene" && !words[..relative].Exists(word => word is "es" or "son");
    }

    private static bool IsDictating(List<string> words)
    {
        var signs = 0;
        for (var i = words.Count - 1; i >= 0 && (Digits.Contains(words[i]) || words[i].All(char.IsAsciiDigit) || words[i].Length == 1 && words[i] is not ("a" or "y" or "o" or "e" or "u")); i--)
        {
            signs += char.IsAsciiDigit(words[i][0]) ? words[i].Length : 1;
        }

        return signs is > 0 and < 7 && words[..^1].Any(Dictated.Contains) && !(words.Count > signs && words[^(signs + 1)] is "las" or "para" or "a" or "con");
    }
}
