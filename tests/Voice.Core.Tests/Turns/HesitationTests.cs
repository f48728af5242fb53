using Voice.Core.Tests.Text;
using Voice.Core.Turns;
using Xunit.Abstractions;

namespace Voice.Core.Tests.Turns;

/// <summary>
/// People who search for a word for 600 to 900 ms where their words ask for more, and a recogniser that is late: sessions of ten sentences
/// that nobody has looked at while the rules were written.
/// </summary>
public sealed class HesitationTests(ITestOutputHelper output)
{
    private const int Frame = 20;
    private const int Word = 300;
    private static readonly TurnDetection Settings = new() { Eagerness = TurnEagerness.Auto };

    [Theory]
    [InlineData("english.unseen", "en", 60)]
    [InlineData("english.unseen", "en", 150)]
    [InlineData("english.unseen", "en", 350)]
    [InlineData("spanish.unseen", "es", 150)]
    [InlineData("spanish.unseen", "es", 350)]
    [InlineData("korean.unseen", "ko", 150)]
    [InlineData("korean.unseen", "ko", 350)]
    public void Few_are_cut_off_and_most_are_answered_soon_however_late_the_recogniser_is(string set, string language, int lateness)
    {
        var (pauses, cutOffs, waits) = (0, 0, new List<int>());
        foreach (var session in SpokenPhrases.Sentences(set).Chunk(10))
        {
            var endpointing = new Endpointing();
            foreach (var (sentence, number) in session.Select((sentence, number) => (sentence, number)))
            {
                var speaker = new Speaker(endpointing, language, lateness);
                foreach (var part in sentence[..^1])
                {
                    speaker.Say(part);
                    pauses++;
                    cutOffs += speaker.Pause(600 + (75 * ((number + pauses) % 5))) is null ? 0 : 1;
                }

                speaker.Say(sentence[^1]);
                waits.Add(speaker.Pause(4_000)!.Value);
            }
        }

        waits.Sort();
        output.WriteLine($"{set}, {lateness} ms late: {cutOffs} of {pauses} hesitations cut off; the turn is over after {waits[waits.Count / 2]} ms, of one in ten after {waits[waits.Count * 9 / 10]}");
        Assert.InRange((double)cutOffs / pauses, 0, 0.08);
        Assert.InRange(waits[waits.Count / 2], 300, Math.Max(400, lateness + 60));
        Assert.InRange(waits[waits.Count * 9 / 10], 300, 1_600);
    }

    private sealed class Speaker(Endpointing endpointing, string language, int lateness)
    {
        private readonly List<string> _words = [];
        private readonly Queue<(int At, string Partial)> _coming = new();
        private string _partial = string.Empty;
        private int _now;
        private int _heardAt;
        private int _silence;

        public void Say(string words)
        {
            foreach (var word in words.Split(' '))
            {
                for (var length = 0; length < Word; length += Frame)
                {
                    _silence = 0;
                    Step();
                }

                _words.Add(word);
                _coming.Enqueue((_now + lateness, string.Join(' ', _words)));
            }
        }

        /// <returns>After how long the turn was taken for over.</returns>
        public int? Pause(int length)
        {
            for (var passed = 0; passed < length; passed += Frame)
            {
                _silence += Frame;
                if (Step())
                {
                    var silence = _silence;
                    endpointing.TurnEnded();
                    _words.Clear();
                    _coming.Clear();
                    (_partial, _heardAt) = (string.Empty, _now);
                    return silence;
                }
            }

            return null;
        }

        private bool Step()
        {
            _now += Frame;
            while (_coming.TryPeek(out var next) && next.At <= _now)
            {
                (_partial, _heardAt) = (_coming.Dequeue().Partial, _now);
                endpointing.WordsArrived(TimeSpan.FromMilliseconds(_silence));
            }

            return endpointing.IsOver(TimeSpan.FromMilliseconds(_silence), new Heard(_partial, language, TimeSpan.FromMilliseconds(_now - _heardAt)), Settings);
        }
    }
}
