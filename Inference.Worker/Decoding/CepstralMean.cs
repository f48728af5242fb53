using System.Runtime.InteropServices;

namespace Voice.Inference.Decoding;

/// <summary>
/// The running mean of the cepstrum that the decoder subtracts: the speaker, the microphone and the level as one vector. PocketSphinx starts
/// from a fixed guess and moves from it only after 8 s, so a short first utterance is decoded with somebody else's mean. This gives access to the
/// structure, which the C API keeps to itself, and refuses where its layout is not the one expected.
/// </summary>
internal sealed unsafe class CepstralMean
{
    /// <summary>Offset of <c>cmn_struct</c> in <c>feat_t</c> of sphinxbase 5prealpha.</summary>
    private const int MeanOffset = 88;

    private const int Coefficients = 13;
    private readonly Structure* _cmn;
    private readonly float[] _initial;
    private float _prior;

    private CepstralMean(Structure* cmn, float[] initial)
    {
        _cmn = cmn;
        _initial = initial;
    }

    /// <summary>Frames of speech that the mean is made of, without the guess it began with.</summary>
    public int Frames => Math.Max(0, _cmn->Frames - (int)_prior);

    /// <summary>Null where the structure does not hold the guess that the model's <c>feat.params</c> name.</summary>
    public static CepstralMean? Of(nint decoder, ReadOnlySpan<float> expected)
    {
        var feature = PocketSphinx.Features(decoder);
        var cmn = (Structure*)null;
        if (feature != 0)
        {
            cmn = *(Structure**)(feature + MeanOffset);
        }

        if (cmn is null || cmn->Length != Coefficients || cmn->Frames is < 0 or > 100_000)
        {
            return null;
        }

        var mean = new Span<float>(cmn->Mean, Coefficients);
        for (var i = 0; i < expected.Length; i++)
        {
            if (Math.Abs(mean[i] - expected[i]) > 0.01f)
            {
                return null;
            }
        }

        return new CepstralMean(cmn, mean.ToArray());
    }

    /// <summary>Back to the guess, as if it were made of <paramref name="weight"/> frames.</summary>
    public void Reset(float weight) => Set(_initial, weight);

    /// <summary>The mean of everything heard so far, the guess included.</summary>
    public float[] Read()
    {
        var mean = new float[Coefficients];
        for (var i = 0; i < Coefficients; i++)
        {
            mean[i] = _cmn->Sum[i] / Math.Max(1, _cmn->Frames);
        }

        return mean;
    }

    /// <summary>From now on the mean is that of everything heard so far.</summary>
    public void Update() => PocketSphinx.UpdateMean((nint)_cmn);

    /// <summary>Takes a mean over, with the weight of so many frames.</summary>
    public void Set(ReadOnlySpan<float> mean, float weight)
    {
        _prior = weight;
        _cmn->Frames = (int)weight;
        for (var i = 0; i < Coefficients; i++)
        {
            _cmn->Mean[i] = mean[i];
            _cmn->Sum[i] = mean[i] * weight;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Structure
    {
        public float* Mean;
        public float* Variance;
        public float* Sum;
        public int Frames;
        public int Length;
    }
}
