using Voice.Core.Turns;

namespace Voice.Api.Realtime;

/// <summary>
/// Where the microphone is. Audio is not filtered: transcribers do that for themselves, and worse what was filtered before. What changes
/// is what counts as a voice: close to the mouth it stands well above the room, far away it hardly does.
/// </summary>
/// <param name="Type"><c>near_field</c> or <c>far_field</c>.</param>
/// <param name="Strength">0 to 1; null is 1.</param>
internal sealed record NoiseReduction(string Type, double? Strength)
{
    // On the detector's scale 0.25 are 3 dB above the noise.
    private const double NearField = 0.25;
    private const double FarField = -0.2;

    public TurnDetection Apply(TurnDetection detection) => detection with
    {
        Threshold = (float)Math.Clamp(detection.Threshold + ((Type == "near_field" ? NearField : FarField) * (Strength ?? 1)), 0, 1),
    };
}
