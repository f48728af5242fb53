using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Inference.Pipelines;

/// <summary>Section <c>Pipelines</c>.</summary>
internal sealed class PipelineOptions
{
    public const string Section = "Pipelines";

    /// <summary>Steps that one worker has in progress; 0 for a worker that serves the API only.</summary>
    [Range(0, 256)]
    public int Concurrency { get; set; } = 4;

    /// <summary>How long a worker that says nothing keeps a step; after it, a dead worker's steps go to another.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often to look without having been told; notifications make it rarely matter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a step may take its worker with it before it is taken to be the reason.</summary>
    [Range(1, 100)]
    public int MaxLosses { get; set; } = 5;

    [ValidateObjectMembers]
    public PipelineHttpOptions Http { get; set; } = new();
}

/// <summary><c>Pipelines:Http</c>: what steps of type <c>http</c> may do.</summary>
internal sealed class PipelineHttpOptions : OutboundOptions
{
    /// <summary>Longer answers fail the step: it would be cut in the middle of its JSON.</summary>
    [Range(1_024, 16 * 1024 * 1024)]
    public int MaxAnswerBytes { get; set; } = 1024 * 1024;

    [Range(1_024, 16 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>By organization and name, for header values of the form <c>secret:name</c>.</summary>
    public Dictionary<string, Dictionary<string, string>> Secrets { get; set; } = [];
}

[OptionsValidator]
internal sealed partial class PipelineOptionsValidator : IValidateOptions<PipelineOptions>;
