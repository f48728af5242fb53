namespace Voice.Core.Text;

/// <summary>What a verb asks for after it.</summary>
internal enum Valency
{
    /// <summary>Nothing: "it rains".</summary>
    Alone,

    /// <summary>Nothing or an object: "I called", "I called you".</summary>
    Either,

    /// <summary>An object or a clause: "I want".</summary>
    Object,

    /// <summary>What the subject is, or where: "it seems", "I live".</summary>
    Complement,
}
