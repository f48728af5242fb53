using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Voice.Inference.Processes;

namespace Voice.Inference.Speech;

/// <summary>The speaker process, <c>Inference.Worker flite</c>: streams what flite's slt voice makes, one request after the other.</summary>
internal sealed unsafe class FliteHost(EnginePipe pipe)
{
    private static EnginePipe s_pipe = null!;
    private readonly byte[] _warmUp = JsonSerializer.SerializeToUtf8Bytes(new FliteRequest("ready", 1), FliteJson.Default.FliteRequest);

    public void Serve()
    {
        Flite.Initialize();
        var voice = Flite.RegisterSlt(0);
        var features = *(nint*)(voice + Flite.PointerOffset);
        var streaming = Flite.CreateStreaming();
        *(delegate* unmanaged[Cdecl]<Flite.Wave*, int, int, int, nint, int>*)(streaming + Flite.PointerOffset) = &OnAudio;
        Flite.SetFeature(features, Marshal.StringToCoTaskMemUTF8("streaming_info"), Flite.StreamingValue(streaming));
        var stretch = Marshal.StringToCoTaskMemUTF8("duration_stretch");

        // The first synthesis pages the voice in; a caller should not wait for that.
        s_pipe = new EnginePipe(Stream.Null, Stream.Null);
        Speak(_warmUp, voice, features, stretch);
        s_pipe = pipe;
        pipe.Write(EngineFrameKind.Ready, []);
        while (pipe.TryRead(out var frame))
        {
            if (frame.Kind != EngineFrameKind.Speak)
            {
                throw new InvalidDataException($"Frame kind {frame.Kind} is not for a speaker.");
            }

            Speak(frame.Payload.Span, voice, features, stretch);
            pipe.Write(EngineFrameKind.Done, []);
        }
    }

    private static void Speak(ReadOnlySpan<byte> payload, nint voice, nint features, nint stretch)
    {
        var request = JsonSerializer.Deserialize(payload, FliteJson.Default.FliteRequest)!;
        Flite.SetFeature(features, stretch, (float)(1 / request.Speed));
        var wave = Flite.Synthesize(request.Text, voice);
        if (wave is not null)
        {
            Flite.Delete(wave);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnAudio(Flite.Wave* wave, int start, int count, int last, nint streaming)
    {
        Span<byte> block = stackalloc byte[sizeof(int) + (count * sizeof(short))];
        BinaryPrimitives.WriteInt32LittleEndian(block, wave->SampleRate);
        MemoryMarshal.AsBytes(new ReadOnlySpan<short>(wave->Data + start, count)).CopyTo(block[sizeof(int)..]);
        try
        {
            s_pipe.Write(EngineFrameKind.Speech, block);
            return 0;
        }
        catch (IOException)
        {
            return 1; // The worker is gone: no exception may cross native frames; the read loop ends the process.
        }
    }
}
