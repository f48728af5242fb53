namespace Voice.Core.Summaries;

public static class Speakers
{
    public const string User = "user";
    public const string Assistant = "assistant";
}
