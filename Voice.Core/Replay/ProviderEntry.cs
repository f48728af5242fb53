using Voice.Core.Conversations;

namespace Voice.Core.Replay;

/// <summary>Something a provider was asked, or said. Only what its stage and kind have is set.</summary>
/// <param name="Stage"><c>transcription</c>, <c>model</c>, <c>speech</c>, <c>translation</c> or <c>tool</c>.</param>
/// <param name="Call">Number of the call (of the stream) within its stage, from 1, in the order they began.</param>
/// <param name="Event">
/// <c>begin</c>, <c>text</c>, <c>audio</c>, <c>call</c>, <c>call_delta</c>, <c>finish</c>, <c>usage</c>, <c>opened</c>, <c>partial</c>, <c>commit</c>, <c>final</c>, <c>utterance_failed</c>; and
/// how it ended: <c>end</c>, <c>failed</c>, <c>cancelled</c>.
/// </param>
public sealed record ProviderEntry(string Stage, int Call, string Event)
{
    public string? Text { get; init; }

    /// <summary>Of an utterance, a tool call or a tool.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    public double? Confidence { get; init; }

    /// <summary>Of a model's call: what it took.</summary>
    public ModelUsage? Usage { get; init; }

    /// <summary>Length of a block of speech.</summary>
    public int? Bytes { get; init; }

    /// <summary>Of a failure: a provider's code, or the exception's type.</summary>
    public string? Code { get; init; }

    public bool? Failed { get; init; }

    /// <summary>Of a partial transcript: it was about an utterance that had ended, or was about the one that grew; null where its engine did not say.</summary>
    public bool? Late { get; init; }
}
