using System.ComponentModel.DataAnnotations;

namespace Voice.Core.Simulation;

/// <summary>What the simulated engines say and how long they take; configuration sections <c>Engines:Simulated</c> and <c>Inference:Simulated</c>.</summary>
public sealed class SimulationOptions : IValidatableObject
{
    private const string Instant = "00:00:00";
    private const string Longest = "00:01:00";

    /// <summary>From the end of the voice to the transcript; not before the turn was committed.</summary>
    [Range(typeof(TimeSpan), Instant, Longest)]
    public TimeSpan TranscriptFinal { get; set; } = TimeSpan.FromMilliseconds(90);

    /// <summary>From a word's last sound to the partial transcript that holds it.</summary>
    [Range(typeof(TimeSpan), Instant, Longest)]
    public TimeSpan PartialDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Voiced audio per word: after so much more of it the next word has been said.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", Longest)]
    public TimeSpan Word { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// What is understood, one utterance after the other and then from the beginning. <c>|</c> stands where the speaker hesitates: the
    /// words behind it are not said before a pause was heard.
    /// </summary>
    public IList<string> Sentences { get; set; } = [];

    /// <summary>From a chat request to its first text.</summary>
    [Range(typeof(TimeSpan), Instant, Longest)]
    public TimeSpan FirstToken { get; set; } = TimeSpan.FromMilliseconds(280);

    /// <summary>How fast the words of a reply follow the first; 0 is all at once.</summary>
    [Range(0, 10_000)]
    public double TokensPerSecond { get; set; }

    public string Reply { get; set; } = "This is a simulated reply. It stands for what a language model would say.";

    /// <summary>From text to its first audio.</summary>
    [Range(typeof(TimeSpan), Instant, Longest)]
    public TimeSpan FirstAudio { get; set; } = TimeSpan.FromMilliseconds(170);

    /// <summary>How many times faster than it plays speech is made after its first audio; 0 is all at once.</summary>
    [Range(0, 1_000)]
    public double SpeechRate { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Sentences.Any(sentence => sentence.Split('|').Any(string.IsNullOrWhiteSpace)))
        {
            yield return new ValidationResult("Sentences must have words on both sides of every '|', and no empty sentence.", [nameof(Sentences)]);
        }

        if (string.IsNullOrWhiteSpace(Reply))
        {
            yield return new ValidationResult("Reply must not be empty.", [nameof(Reply)]);
        }
    }
}
