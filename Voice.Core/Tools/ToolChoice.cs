namespace Voice.Core.Tools;

/// <summary>Whether the model has to call a tool.</summary>
/// <param name="Name">For <see cref="ToolChoiceKind.Function"/>.</param>
public sealed record ToolChoice(ToolChoiceKind Kind, string? Name = null)
{
    public static readonly ToolChoice Auto = new(ToolChoiceKind.Auto);

    public static readonly ToolChoice None = new(ToolChoiceKind.None);
}

public enum ToolChoiceKind
{
    /// <summary>The model decides.</summary>
    Auto,

    /// <summary>It calls none.</summary>
    None,

    /// <summary>It calls at least one.</summary>
    Required,

    /// <summary>It calls this one.</summary>
    Function,
}
