namespace Voice.Core.Text.Speaking;

internal sealed record SpokenSigns(
    string At, string Dot, string Slash, string Dash, string Underscore, string And, string Plus, string EqualTo, string Minus, string Percent, string NumberSign, string Times, string Per);
