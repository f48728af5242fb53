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

    /// <summary>A voice or model that becomes part of an address: nothing in it may lead elsewhere.</summary>
    public static string InAddress(string id, string who) =>
        id.Length is > 0 and <= 128 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':') && id.Any(char.IsAsciiLetterOrDigit)
            ? id
            : throw new ProviderException("unsupported_value", $"{who} has no voice or model of such a name.");
}
