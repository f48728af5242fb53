namespace Voice.Core.Safety;

public static class SafetyRules
{
    /// <summary>Builds every rule now; the first use costs a good part of a second otherwise.</summary>
    public static void Warm()
    {
        CrisisLexicon.Assess("good morning 안녕하세요", "ko");
        ReplyGuard.Allows("good morning 안녕하세요", "companion");
    }
}
