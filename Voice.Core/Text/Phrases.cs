namespace Voice.Core.Text;

/// <summary>What the platform itself says when it cannot do better: silence is never the answer.</summary>
internal static class Phrases
{
    public static string CannotAnswer(string language) => Tongue(language) switch
    {
        "es" => "Lo siento, ahora mismo no puedo responder. Por favor, inténtelo de nuevo en un momento.",
        "ko" => "죄송합니다. 지금은 답변을 드릴 수 없습니다. 잠시 후 다시 말씀해 주세요.",
        _ => "I am sorry, I cannot answer right now. Please try again in a moment.",
    };

    public static string NotUnderstood(string language) => Tongue(language) switch
    {
        "es" => "Perdón, no le he entendido. ¿Puede repetirlo?",
        "ko" => "죄송합니다, 잘 듣지 못했습니다. 다시 말씀해 주시겠어요?",
        _ => "Sorry, I did not catch that. Could you say it again?",
    };

    public static string CannotTranslate(string language) => Tongue(language) switch
    {
        "es" => "Lo siento, no puedo traducir eso en este momento.",
        "ko" => "죄송합니다. 지금은 통역할 수 없습니다.",
        _ => "I am sorry, I cannot translate that right now.",
    };

    public static string NotSaid(string language) => Tongue(language) switch
    {
        "es" => "No puedo decir eso. Si lo necesita, una persona puede ayudarle.",
        "ko" => "그 말씀은 드릴 수 없습니다. 필요하시면 사람에게 도움을 받으실 수 있습니다.",
        _ => "I cannot say that. If you need help with this, a person can help you.",
    };

    /// <param name="again">It was said before in this reply.</param>
    public static string OneMoment(string language, bool again) => Tongue(language) switch
    {
        "es" => again ? "Un momento más, por favor." : "Un momento, por favor.",
        "ko" => again ? "조금만 더 기다려 주세요." : "잠시만 기다려 주세요.",
        _ => again ? "Just a little longer, please." : "One moment, please.",
    };

    public static string StillThere(string language) => Tongue(language) switch
    {
        "es" => "¿Sigue ahí?",
        "ko" => "계속 듣고 계신가요?",
        _ => "Are you still there?",
    };

    private static string Tongue(string language) => language.Split('-')[0];
}
