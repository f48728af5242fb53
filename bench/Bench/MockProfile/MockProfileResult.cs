namespace Voice.Bench.MockProfile;

/// <param name="Median">Voice to voice, ms.</param>
/// <param name="ModelCalls">Per answered turn.</param>
/// <param name="CutOffs">Turns taken as over while their speaker was still at it.</param>
internal sealed record MockProfileResult(double Median, double P95, double ModelCalls, int CutOffs, int Turns);
