using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Inference.Uploads;

/// <summary>Files that clients send; section <c>Uploads</c>.</summary>
internal sealed class UploadOptions
{
    public const string Section = "Uploads";

    /// <summary>3 GiB: four hours of 16-bit stereo at 48 kHz have 2,764,800,044 bytes, and nothing that anybody records has more.</summary>
    public const long MostBytes = 3L * 1024 * 1024 * 1024;

    [Range(1L, MostBytes)]
    public long MaxBytes { get; set; } = MostBytes;

    /// <summary>Of all files that an organization keeps here at a time, whole or not.</summary>
    [Range(1L, long.MaxValue)]
    public long MaxBytesPerOrganization { get; set; } = 50L * 1024 * 1024 * 1024;

    /// <summary>After its last byte, for one that is not whole; long enough for a laptop to be opened again.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "6.00:00:00")]
    public TimeSpan UnfinishedFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>From the moment that it is whole.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan KeptFor { get; set; } = TimeSpan.FromDays(7);

    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan CleanEvery { get; set; } = TimeSpan.FromMinutes(10);
}

[OptionsValidator]
internal sealed partial class UploadOptionsValidator : IValidateOptions<UploadOptions>;
