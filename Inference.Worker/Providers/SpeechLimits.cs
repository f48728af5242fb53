using Voice.Core.Providers;

namespace Voice.Inference.Providers;

/// <summary>What a speech request may ask of who.</summary>
internal static class SpeechLimits
{
    /// <summary>Refuses what would otherwise be dropped silently, or read out with its tags.</summary>
    /// <param name="who">For messages: <c>Deepgram</c>, <c>The model 'flite-slt'</c>.</param>
    public static void Require(SpeechRequest request, string who, bool ssml = false, bool instructions = false)
    {
        if (request.IsSsml && !ssml)
        {
            throw new ProviderException("unsupported_value", $"{who} does not take SSML; send plain text.");
        }

        if (request.Instructions is not null && !instructions)
        {
            throw new ProviderException("unsupported_value", $"{who} does not take instructions about how to speak; leave them out.");
        }
    }
}
