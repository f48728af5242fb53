namespace Voice.Core.Text.Speaking;

/// <summary>What a number stands before: "uno", "un euro", "una libra".</summary>
internal enum Agreement
{
    None,
    Masculine,
    Feminine,
}
