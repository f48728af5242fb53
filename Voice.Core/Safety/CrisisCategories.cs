namespace Voice.Core.Safety;

public static class CrisisCategories
{
    public const string Suicide = "suicide";
    public const string SelfHarm = "self_harm";
    public const string HarmToOthers = "harm_to_others";
    public const string Abuse = "abuse";
    public const string MedicalEmergency = "medical_emergency";
}
