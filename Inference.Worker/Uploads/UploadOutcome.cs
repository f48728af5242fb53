namespace Voice.Inference.Uploads;

internal enum UploadOutcome
{
    Appended,

    /// <summary>The connection ended in the middle; what came is kept.</summary>
    Broken,

    /// <summary>Another request has appended meanwhile.</summary>
    Elsewhere,

    /// <summary>More bytes than the upload was said to have.</summary>
    TooLong,
    TooManyPieces,
    WrongChecksum,
}
