using System.ComponentModel.DataAnnotations;
using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Api.Tools;

/// <summary>What agents' HTTP tools may do; section <c>Tools</c>.</summary>
internal sealed class HttpToolOptions : OutboundOptions
{
    public const string Section = "Tools";

    /// <summary>Of one organization, at a time; further calls wait within their time limit.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 16;

    /// <summary>Longer answers are cut: the model reads every byte, and the caller waits for it.</summary>
    [Range(1_024, 1_048_576)]
    public int MaxAnswerBytes { get; set; } = 16 * 1024;

    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan LongestCall { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>By organization and name, for header values of the form <c>secret:name</c>: <c>Tools:Secrets:org_default:crm = Bearer …</c>.</summary>
    public Dictionary<string, Dictionary<string, string>> Secrets { get; set; } = [];
}
