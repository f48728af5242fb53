using System.Text.RegularExpressions;

namespace Voice.Inference.Translation;

/// <summary>Whole sentences of a clinic's day, translated by a person, because a machine's slip in them matters. Both directions.</summary>
internal static partial class Phrasebook
{
    private static readonly (string English, string Spanish)[] Pairs =
    [
        ("Hello.", "Hola."),
        ("Good morning.", "Buenos días."),
        ("Good afternoon.", "Buenas tardes."),
        ("Thank you.", "Gracias."),
        ("Goodbye.", "Adiós."),
        ("Yes.", "Sí."),
        ("No.", "No."),
        ("How are you?", "¿Cómo está usted?"),
        ("I need a doctor.", "Necesito un médico."),
        ("I need an interpreter.", "Necesito un intérprete."),
        ("I need help.", "Necesito ayuda."),
        ("Call an ambulance.", "Llame a una ambulancia."),
        ("Please call an ambulance.", "Por favor, llame a una ambulancia."),
        ("Where does it hurt?", "¿Dónde le duele?"),
        ("It hurts here.", "Me duele aquí."),
        ("How long have you had this pain?", "¿Desde cuándo tiene este dolor?"),
        ("How long have you been sick?", "¿Desde cuándo está enfermo?"),
        ("Are you allergic to any medicine?", "¿Es alérgico a algún medicamento?"),
        ("Are you allergic to penicillin?", "¿Es alérgico a la penicilina?"),
        ("I am allergic to penicillin.", "Soy alérgico a la penicilina."),
        ("Are you taking any medication?", "¿Está tomando algún medicamento?"),
        ("Do you have health insurance?", "¿Tiene seguro médico?"),
        ("Do you have a fever?", "¿Tiene fiebre?"),
        ("I have a fever.", "Tengo fiebre."),
        ("I have a headache.", "Tengo dolor de cabeza."),
        ("I have a sore throat.", "Tengo dolor de garganta."),
        ("I have a fever and a sore throat.", "Tengo fiebre y dolor de garganta."),
        ("I have chest pain.", "Tengo dolor en el pecho."),
        ("I have a stomach ache.", "Tengo dolor de estómago."),
        ("I feel dizzy.", "Me siento mareado."),
        ("I cannot breathe.", "No puedo respirar."),
        ("I can't breathe.", "No puedo respirar."),
        ("I am pregnant.", "Estoy embarazada."),
        ("Are you pregnant?", "¿Está embarazada?"),
        ("I have diabetes.", "Tengo diabetes."),
        ("I have high blood pressure.", "Tengo la presión alta."),
        ("Take one tablet three times a day with food.", "Tome una pastilla tres veces al día con comida."),
        ("Take one tablet twice a day.", "Tome una pastilla dos veces al día."),
        ("Take one tablet a day.", "Tome una pastilla al día."),
        ("We need to take a blood sample.", "Necesitamos tomar una muestra de sangre."),
        ("The doctor will see you in five minutes.", "El doctor le verá en cinco minutos."),
        ("Please sit down.", "Siéntese, por favor."),
        ("Please wait here.", "Espere aquí, por favor."),
        ("What is your name?", "¿Cómo se llama?"),
        ("What is your date of birth?", "¿Cuál es su fecha de nacimiento?"),
        ("I need an appointment.", "Necesito una cita."),
        ("I would like to make an appointment.", "Quisiera pedir una cita."),
        ("When is my appointment?", "¿Cuándo es mi cita?"),
        ("I do not understand.", "No entiendo."),
        ("I don't understand.", "No entiendo."),
        ("Can you repeat that?", "¿Puede repetirlo?"),
        ("I want to end my life.", "Quiero acabar con mi vida."),
        ("I want to die.", "Quiero morirme."),
        ("Are you thinking about hurting yourself?", "¿Está pensando en hacerse daño?"),
    ];

    private static readonly Dictionary<string, string> ToSpanish = Index(Pairs.Select(pair => (pair.English, pair.Spanish)));
    private static readonly Dictionary<string, string> ToEnglish = Index(Pairs.Select(pair => (pair.Spanish, pair.English)));

    /// <summary>Case, accents at the edges and punctuation do not matter: speech recognition writes none.</summary>
    public static string? Find(string text, string source, string target) => (source, target) switch
    {
        ("en", "es") => ToSpanish.GetValueOrDefault(Key(text)),
        ("es", "en") => ToEnglish.GetValueOrDefault(Key(text)),
        _ => null,
    };

    private static Dictionary<string, string> Index(IEnumerable<(string From, string To)> pairs) =>
        pairs.GroupBy(pair => Key(pair.From)).ToDictionary(group => group.Key, group => group.First().To);

    private static string Key(string text) => Noise().Replace(text.ToLowerInvariant().Replace('’', '\''), " ").Trim();

    [GeneratedRegex(@"[^\p{L}\d']+")]
    private static partial Regex Noise();
}
