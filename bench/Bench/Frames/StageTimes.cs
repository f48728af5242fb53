using Voice.Api.Realtime.Wire;
using Voice.Bench.Running;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Core.Transcription;
using Voice.Core.Turns;

namespace Voice.Bench.Frames;

/// <summary>The parts of the inbound path, each alone: median of many rounds, in ns per frame.</summary>
internal sealed class StageTimes(TimeProvider time)
{
    private const int Rounds = 60;

    public double Json(byte[][] messages)
    {
        var append = new AudioAppend();
        return Median(messages.Length, () =>
        {
            foreach (var message in messages)
            {
                append.TryRead(message);
            }
        });
    }

    public double Resample(byte[][] messages)
    {
        var frames = Decode(messages);
        var resampler = new StreamingResampler(MadeSound.Rate, VoiceActivityDetector.SampleRate);
        var output = new short[resampler.MaxOutput(frames[0].Length)];
        return Median(frames.Length, () =>
        {
            foreach (var frame in frames)
            {
                resampler.Process(frame, output);
            }
        });
    }

    public double Voice(byte[][] messages)
    {
        var samples = StreamingResampler.Resample([.. Decode(messages).SelectMany(frame => frame)], MadeSound.Rate, VoiceActivityDetector.SampleRate);
        var detector = new VoiceActivityDetector();
        return Median(samples.Length / VoiceActivityDetector.FrameLength, () =>
        {
            for (var at = 0; at + VoiceActivityDetector.FrameLength <= samples.Length; at += VoiceActivityDetector.FrameLength)
            {
                detector.Process(samples.AsSpan(at, VoiceActivityDetector.FrameLength));
            }
        });
    }

    /// <summary>With its reader at work on the other side, as in a session.</summary>
    public async Task<double> QueueAsync()
    {
        const int frames = 1_000;
        var transcriber = new CountingTranscriber();
        await using var link = new TranscriptionLink(transcriber, new TranscriptionOptions(null, "en", null), new NoSink(), time);
        link.Start();
        var frame = new byte[VoiceActivityDetector.FrameLength * 2];
        var times = new List<double>();
        for (var round = 0; round < Rounds * 2; round++)
        {
            var start = time.GetTimestamp();
            for (var i = 0; i < frames; i++)
            {
                link.Append(frame);
                link.SendOn();
            }

            var elapsed = time.GetElapsedTime(start);
            link.Commit($"u{round}", null);
            link.SendOn();
            while (transcriber.Commits <= round)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), time);
            }

            if (round >= Rounds)
            {
                times.Add(elapsed.TotalNanoseconds / frames);
            }
        }

        return link.DroppedFrames == 0 ? Percentiles.Of(times, 50) : throw new BenchmarkException("The queue was full: what was lost cost nothing.");
    }

    private double Median(int frames, Action round)
    {
        var times = new List<double>();
        var started = time.GetTimestamp();
        while (times.Count < Rounds)
        {
            var start = time.GetTimestamp();
            round();
            if (time.GetElapsedTime(started) > FramesBenchmark.WarmUp)
            {
                times.Add(time.GetElapsedTime(start).TotalNanoseconds / frames);
            }
        }

        return Percentiles.Of(times, 50);
    }

    private static short[][] Decode(byte[][] messages)
    {
        var append = new AudioAppend();
        return
        [
            .. messages.Select(message => append.TryRead(message)
                ? Pcm16.Samples(append.Pcm).ToArray()
                : throw new BenchmarkException("The message is no append.")),
        ];
    }

    private sealed class NoSink : ITranscriptionSink
    {
        public void OnRefused(ProviderException refusal)
        {
        }

        public void OnPartial(string text, int utterance)
        {
        }

        public void OnFinal(string utteranceId, string text, double? confidence, string heard)
        {
        }

        public void OnFailed(string utteranceId, string reason)
        {
        }

        public void OnBroken(Exception exception)
        {
        }
    }
}
