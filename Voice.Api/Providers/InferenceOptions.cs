using System.ComponentModel.DataAnnotations;

namespace Voice.Api.Providers;

/// <summary>How voice-api talks to inference-worker; section <c>Inference</c>. The address is <c>services:inference-worker</c>.</summary>
internal sealed class InferenceOptions
{
    public const string Section = "Inference";
    public const string Simulated = "simulated";

    /// <summary>
    /// <c>worker</c>, or <c>simulated</c>: engines in this process that understand and say what section <c>Inference:Simulated</c> tells them.
    /// For load tests and demonstrations; inference-worker is not asked.
    /// </summary>
    [RegularExpression($"^(worker|{Simulated})$", ErrorMessage = "Engine must be worker or simulated.")]
    public string Engine { get; set; } = "worker";

    /// <summary>TCP (and TLS) connection. The worker is on the same machine or network, so a slow answer is a missing worker.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Until the first byte of an answer, and between two parts of a streamed answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A pooled connection is replaced after this, so that a new address of the worker is found.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A connection is kept warm by a request this often, so that no turn pays for a handshake.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan WarmInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Pings on a live transcription; a worker that answers none for as long again is gone.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(5);
}
