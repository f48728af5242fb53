using System.Text.RegularExpressions;
using Voice.Core.Summaries;

namespace Voice.Inference.Pipelines.Detection;

/// <summary>
/// What somebody at a clinic or a service desk says will be done: medicines, tests, referrals, appointments, calls back, refunds, orders. By patterns, sentence
/// by sentence, in English, Spanish and Korean. A sentence that denies it is passed over; who is meant is not known.
/// </summary>
internal static partial class ActionDetector
{
    private const int MaxSentence = 400;

    private static readonly (string Kind, Regex Pattern)[] Patterns =
    [
        ("cancellation", Cancellation()),
        ("medication_order", Medication()),
        ("test_order", Test()),
        ("referral", Referral()),
        ("appointment", Appointment()),
        ("callback", Callback()),
        ("refund", Refund()),
        ("order", Order()),
    ];

    public static IReadOnlyList<DetectedAction> Find(string text)
    {
        List<DetectedAction> found = [];
        foreach (var sentence in SentenceSplitter.Split(text))
        {
            if (Denied().IsMatch(sentence))
            {
                continue;
            }

            foreach (var (kind, pattern) in Patterns)
            {
                // A cancelled appointment is a cancellation only.
                if (pattern.IsMatch(sentence) && !(kind == "appointment" && found.Exists(other => other.Kind == "cancellation" && other.Sentence == Shortened(sentence))))
                {
                    found.Add(new DetectedAction(kind, Shortened(sentence), Time().Match(sentence) is { Success: true } when ? when.Value.Trim() : null));
                }
            }
        }

        return found;
    }

    private static string Shortened(string sentence) => sentence.Length <= MaxSentence ? sentence : sentence[..MaxSentence];

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(?:(?:do not|don't|didn't|did not|won't|will not|no need to|not going to) (?:\w+ ){0,2}(?:order|prescribe|schedule|book|refer|refund|cancel|need|take|want)|no (?:necesita|quiero|hace falta|voy a|vamos a))\b|(?:필요|할 필요)(?:가|는)? ?없", Options)]
    private static partial Regex Denied();

    [GeneratedRegex(@"\b(?:cancel(?:led|ling)?|call off|anular|cancelar|cancele|cancelo)\b|취소", Options)]
    private static partial Regex Cancellation();

    [GeneratedRegex(@"\b(?:prescrib(?:e|ed|ing)|prescription|refill|(?:take|give|start(?: you on)?|order(?:ed)?) (?:\w+ ){0,4}?(?:\d+ ?(?:mg|milligrams?|ml|tablets?|pills?)|ibuprofen|acetaminophen|paracetamol|amoxicillin|antibiotics?|insulin|metformin|aspirin|lisinopril)|recetar|receta(?:rle|rte|do)?|le receto|tome (?:\w+ ){0,4}?(?:\d+ ?(?:mg|miligramos|pastillas?|tabletas?)|ibuprofeno|paracetamol|amoxicilina|antibióticos?|insulina|aspirina))\b|처방|약을? ?(?:드시|복용)", Options)]
    private static partial Regex Medication();

    [GeneratedRegex(@"\b(?:(?:order|do|run|need|get|schedule|take|have) (?:\w+ ){0,4}?(?:blood (?:test|work|draw)|x[- ]?rays?|mri|ct scan|ultrasound|lab (?:test|work)s?|ecg|ekg|urine (?:test|sample)|biopsy|culture|swab)|(?:hacer(?:le)?|pedir(?:le)?|necesita|ordenar) (?:\w+ ){0,4}?(?:análisis|radiografía|resonancia|ecografía|tomografía|electrocardiograma|examen de sangre|biopsia))\b|(?:혈액|피|소변|엑스레이|초음파) ?검사|(?:MRI|CT)를? ?(?:찍|촬영)", Options)]
    private static partial Regex Test();

    [GeneratedRegex(@"\b(?:refer(?:red|ring|ral)?\b.{0,40}\b(?:specialist|cardiolog|dermatolog|neurolog|surgeon|therapist|department|clinic)|see a (?:specialist|cardiologist|dermatologist|neurologist|surgeon|therapist)|(?:derivar|remitir|referir)(?:le|lo|la)?|ver a(?:l| un)? (?:especialista|cardiólogo|dermatólogo|neurólogo|cirujano))|(?:전문의|다른 병원|큰 병원).{0,12}(?:의뢰|소개|가셔)", Options)]
    private static partial Regex Referral();

    [GeneratedRegex(@"\b(?:(?:book|schedule|make|set up|reschedule|have|need|want|confirm) (?:\w+ ){0,4}?(?:appointment|visit|follow[- ]?up|check[- ]?up|meeting)|appointment (?:is|for|on|at)|come back in|see you (?:in|on|next)|(?:pedir|hacer|reservar|programar|agendar|tiene|tengo|quiero|necesito) (?:\w+ ){0,3}?cita|cita (?:para|el|con))\b|예약", Options)]
    private static partial Regex Appointment();

    [GeneratedRegex(@"\b(?:(?:call|phone|ring) (?:you|me|him|her|them|us) (?:back|again|tomorrow|later|when)|call back|callback|(?:le|te|lo|la|me) (?:llamo|llamaré|llamaremos|llame|llamará)|devolver(?:le)? la llamada)\b|(?:다시 )?전화(?:를)? ?(?:드리|주|할|하)", Options)]
    private static partial Regex Callback();

    [GeneratedRegex(@"\b(?:refund(?:ed|ing)?|money back|reembols[oa]\w*|devolver(?:le|me)? el dinero)\b|환불", Options)]
    private static partial Regex Refund();

    [GeneratedRegex(@"\b(?:(?:place|placed|placing|make|change|confirm) (?:an|the|my|your|another) order|(?:want|would like|i'd like) to (?:order|buy|purchase)|(?:hacer|confirmar|cambiar) (?:un|el|mi|su) pedido|quiero (?:pedir|comprar))\b|주문", Options)]
    private static partial Regex Order();

    [GeneratedRegex(@"\b(?:today|tomorrow|tonight|(?:next|this|on|every) (?:week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|in (?:an?|one|two|three|four|five|six|\d+) (?:minutes?|hours?|days?|weeks?|months?)|at \d{1,2}(?::\d{2})? ?(?:am|pm|o'clock)?|hoy|mañana|pasado mañana|(?:el )?(?:próximo |próxima )?(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|semana que viene)|en (?:un|una|dos|tres|\d+) (?:minutos?|horas?|días?|semanas?|mes(?:es)?))\b|오늘|내일|모레|다음 ?주|다음 ?달|[월화수목금토일]요일", Options)]
    private static partial Regex Time();
}
