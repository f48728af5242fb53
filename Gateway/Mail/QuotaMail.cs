using Voice.ServiceDefaults.Usage;

namespace Voice.Gateway.Mail;

/// <summary>What a mail about a quota is about, between the moment it is asked for and the one it is written.</summary>
internal sealed record QuotaMail(string OrganizationId, string Kind, long Quota)
{
    public override string ToString() => FormattableString.Invariant($"{OrganizationId} {Kind} {Quota}");

    public static QuotaMail? Read(string? reference) =>
        reference?.Split(' ') is [var organization, var kind, var quota] && long.TryParse(quota, out var number) ? new(organization, kind, number) : null;

    /// <summary>The kind as people say it.</summary>
    public static string WordOf(string kind, string language) => (kind, language) switch
    {
        (UsageKinds.AudioSeconds, "es") => "segundos de audio",
        (UsageKinds.AudioSeconds, "ko") => "초의 음성",
        (UsageKinds.AudioSeconds, _) => "seconds of audio",
        (UsageKinds.Characters, "es") => "caracteres",
        (UsageKinds.Characters, "ko") => "자",
        (UsageKinds.Characters, _) => "characters",
        (UsageKinds.Tokens, "es") => "tokens",
        (UsageKinds.Tokens, "ko") => "토큰",
        (UsageKinds.Tokens, _) => "tokens",
        (UsageKinds.Sessions, "es") => "conversaciones",
        (UsageKinds.Sessions, "ko") => "회의 대화",
        (UsageKinds.Sessions, _) => "conversations",
        _ => kind,
    };
}
