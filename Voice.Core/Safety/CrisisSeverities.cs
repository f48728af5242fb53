namespace Voice.Core.Safety;

public static class CrisisSeverities
{
    public const string Crisis = "crisis";
    public const string Concern = "concern";
}
