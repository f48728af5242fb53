using System.Runtime.InteropServices;
using System.Text.Json;
using Voice.Inference.Processes;

namespace Voice.Inference.Decoding;

/// <summary>The decoder process: <c>Inference.Worker decoder &lt;model folder&gt;</c>.</summary>
internal sealed class DecoderHost(EnginePipe pipe, string modelFolder)
{
    /// <summary>How much audio lies between two looks at the hypothesis: 100 ms.</summary>
    private const int SamplesPerPartial = SphinxRecognizer.SampleRate / 10;

    private readonly SphinxRecognizer _recognizer = new(DecoderArguments.General(modelFolder), DecoderArguments.InitialMean(modelFolder));
    private string _partial = "";
    private int _utterance;
    private int _sincePartial;

    public void Serve()
    {
        pipe.Write(EngineFrameKind.Ready, []);
        while (pipe.TryRead(out var frame))
        {
            switch (frame.Kind)
            {
                case EngineFrameKind.Start:
                    Begin(JsonSerializer.Deserialize(frame.Payload.Span, DecoderJson.Default.DecoderStart)!);
                    pipe.Write(EngineFrameKind.Ready, []);
                    break;
                case EngineFrameKind.Audio:
                    Process(frame.Payload.Span);
                    break;
                case EngineFrameKind.Commit:
                    pipe.Write(EngineFrameKind.Final, JsonSerializer.SerializeToUtf8Bytes(End(), DecoderJson.Default.DecoderResult));
                    _utterance++;
                    break;
                case EngineFrameKind.Clear:
                    Restart();
                    _recognizer.Forget();
                    _utterance++;
                    break;
                default:
                    throw new InvalidDataException($"Frame kind {frame.Kind} is not for a decoder.");
            }
        }
    }

    private void Begin(DecoderStart start)
    {
        _utterance = 0;
        if (!string.IsNullOrWhiteSpace(start.Prompt))
        {
            _recognizer.UsePrompt(start.Prompt);
        }
    }

    private void Process(ReadOnlySpan<byte> pcm)
    {
        var samples = MemoryMarshal.Cast<byte, short>(pcm);
        while (!samples.IsEmpty)
        {
            var take = Math.Min(samples.Length, SamplesPerPartial - _sincePartial);
            _recognizer.Process(samples[..take]);
            samples = samples[take..];
            _sincePartial += take;
            if (_sincePartial == SamplesPerPartial)
            {
                _sincePartial = 0;
                SendPartial();
            }
        }
    }

    private void SendPartial()
    {
        var text = _recognizer.Hypothesis();
        if (text != _partial)
        {
            _partial = text;
            pipe.Write(EngineFrameKind.Partial, new DecoderPartial(_utterance, text).ToPayload());
        }
    }

    private DecoderResult End()
    {
        Restart();
        return _recognizer.End();
    }

    private void Restart() => (_partial, _sincePartial) = ("", 0);
}
