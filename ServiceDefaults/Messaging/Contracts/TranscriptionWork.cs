namespace Voice.ServiceDefaults.Messaging.Contracts;

/// <summary>A step of a transcription job, for whichever worker takes it.</summary>
/// <param name="SessionId">The step itself: steps do not wait for each other.</param>
/// <param name="Step"><c>split</c>, <c>transcribe</c> or <c>stitch</c>.</param>
/// <param name="Part">The part to transcribe; 0 for other steps.</param>
public sealed record TranscriptionWork(string SessionId, string OrganizationId, string JobId, string Step, int Part) : ISessionMessage
{
    public const string Split = "split";
    public const string Transcribe = "transcribe";
    public const string Stitch = "stitch";

    public static TranscriptionWork Of(string organizationId, string jobId, string step, int part = 0) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{jobId}:{step}:{part}"), organizationId, jobId, step, part);
}
