using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers.Speech;

/// <summary>A speech service as the conformance suite sees it: the kind that is tested, and its protocol as a server speaks it.</summary>
internal interface ISpeechService
{
    /// <summary>Not to be found in any message.</summary>
    const string Key = "key-of-the-operator";

    /// <summary>Whether audio goes out before all of it is made.</summary>
    bool Streams => true;

    bool ReadsSsml => false;

    bool FollowsInstructions => false;

    /// <summary>The voice list's path and an answer with the voices <c>v-one</c> (female, en-US) and <c>v-two</c>; null where the service has no list.</summary>
    (string Path, string Body)? Voices { get; }

    /// <summary>A language that the service is known not to speak; null where nothing is known.</summary>
    string? ForeignLanguage => null;

    /// <summary>What the service answers to the check.</summary>
    string CheckAnswer => "{}";

    IProviderKind Kind(ProviderHttp http, TimeProvider time);

    /// <summary>Complete and valid, with <see cref="Key"/> and a timeout of 5 s.</summary>
    ProviderSettings Settings(Uri address);

    /// <summary>Lets the server speak the protocol as the script says.</summary>
    void Serve(ProviderServer server, SpeechScript script);
}
