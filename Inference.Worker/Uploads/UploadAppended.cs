namespace Voice.Inference.Uploads;

/// <param name="Offset">How much is kept.</param>
internal readonly record struct UploadAppended(UploadOutcome Outcome, long Offset);
