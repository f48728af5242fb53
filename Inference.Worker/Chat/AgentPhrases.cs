namespace Voice.Inference.Chat;

/// <summary>What an agent says that is not from its knowledge.</summary>
internal sealed record AgentPhrases(string Greeting, string Thanks, string Goodbye, string Identity, string TakeMessage, string NotKnown, string NotHeard)
{
    private static readonly AgentPhrases English = new(
        Greeting: "Hello! How can I help you?",
        Thanks: "You're welcome. Is there anything else I can help with?",
        Goodbye: "Thank you for calling. Goodbye!",
        Identity: "I'm an automated assistant. I can answer questions from the information I was given, and take a message for the team.",
        TakeMessage: "I can take a message, and a member of the team will get back to you. Please tell me your name, your number and what it is about.",
        NotKnown: "I'm sorry, I don't have that information. I can take a message for the team, or you can ask me something else.",
        NotHeard: "I'm sorry, I didn't catch that. Could you say it again?");

    private static readonly AgentPhrases Spanish = new(
        Greeting: "¡Hola! ¿En qué puedo ayudarle?",
        Thanks: "De nada. ¿Puedo ayudarle en algo más?",
        Goodbye: "Gracias por llamar. ¡Adiós!",
        Identity: "Soy un asistente automático. Respondo con la información que me dieron y puedo tomar un mensaje para el equipo.",
        TakeMessage: "Puedo tomar un mensaje y alguien del equipo le responderá. Dígame su nombre, su número y el motivo, por favor.",
        NotKnown: "Lo siento, no tengo esa información. Puedo tomar un mensaje para el equipo.",
        NotHeard: "Lo siento, no le he entendido. ¿Puede repetirlo, por favor?");

    private static readonly AgentPhrases Korean = new(
        Greeting: "안녕하세요! 무엇을 도와드릴까요?",
        Thanks: "천만에요. 더 도와드릴 일이 있을까요?",
        Goodbye: "전화해 주셔서 감사합니다. 안녕히 계세요!",
        Identity: "저는 자동 응답 도우미입니다. 받은 정보 안에서 답해 드리고, 담당자에게 메시지를 전할 수 있습니다.",
        TakeMessage: "메시지를 남겨 주시면 담당자가 연락드리겠습니다. 성함과 연락처, 용건을 말씀해 주세요.",
        NotKnown: "죄송하지만 그 정보는 가지고 있지 않습니다. 담당자에게 메시지를 전해 드릴 수 있습니다.",
        NotHeard: "죄송합니다, 잘 듣지 못했습니다. 다시 말씀해 주시겠어요?");

    public static AgentPhrases For(string language) => language switch
    {
        "es" => Spanish,
        "ko" => Korean,
        _ => English,
    };
}
