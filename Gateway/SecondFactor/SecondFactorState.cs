namespace Voice.Gateway.SecondFactor;

internal sealed record SecondFactorState(DateTime? ConfirmedAt, int RecoveryCodesLeft);
