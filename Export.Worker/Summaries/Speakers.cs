namespace Voice.Export.Summaries;

internal static class Speakers
{
    public const string User = "user";
    public const string Assistant = "assistant";
}
