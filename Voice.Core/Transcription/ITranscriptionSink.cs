using Voice.Core.Providers;

namespace Voice.Core.Transcription;

/// <summary>Told what the transcriber understood, from the link's own tasks.</summary>
internal interface ITranscriptionSink
{
    /// <param name="utterance">As <see cref="TranscriptionLink.Utterance"/> counts them: another may have begun meanwhile.</param>
    void OnPartial(string text, int utterance);

    /// <param name="heard">The longest of its partials, those that came too late included.</param>
    void OnFinal(string utteranceId, string text, double? confidence, string heard);

    void OnFailed(string utteranceId, string reason);

    /// <summary>No transcriber takes what it is to expect: what is said is not understood until that changes.</summary>
    void OnRefused(ProviderException refusal);

    /// <summary>The stream broke or could not be opened; another is tried.</summary>
    void OnBroken(Exception exception);
}
