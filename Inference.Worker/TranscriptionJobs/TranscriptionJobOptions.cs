using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Inference.TranscriptionJobs;

/// <summary>Section <c>TranscriptionJobs</c>.</summary>
internal sealed class TranscriptionJobOptions
{
    public const string Section = "TranscriptionJobs";

    /// <summary>Of one channel.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan LongestAudio { get; set; } = TimeSpan.FromHours(4);

    /// <summary>A part ends at the first pause after it has this length.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan PartLength { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>And at its longest pause, or in the middle of a word, when it has this one.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan LongestPart { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Parts that one worker transcribes at once. A decoder of ours takes a core.</summary>
    [Range(1, 64)]
    public int PartsAtOnce { get; set; } = 2;

    /// <summary>Tries of a part, those that died with their worker included, before the job has failed. Less than <c>Messaging:MaxAttempts</c>, which is the bus's own patience.</summary>
    [Range(1, 20)]
    public int Attempts { get; set; } = 4;

    /// <summary>Jobs of an organization that are under way at a time.</summary>
    [Range(1, 10_000)]
    public int MaxActivePerOrganization { get; set; } = 100;

    /// <summary>From its creation, for a job and its result.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan KeptFor { get; set; } = TimeSpan.FromDays(30);

    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan CleanEvery { get; set; } = TimeSpan.FromMinutes(10);
}

[OptionsValidator]
internal sealed partial class TranscriptionJobOptionsValidator : IValidateOptions<TranscriptionJobOptions>;
