namespace Voice.ServiceDefaults.Errors;

/// <summary>Uploads and the jobs that read them; some are errors of a job that has failed, not of an answer.</summary>
public static partial class ErrorCatalog
{
    private static ErrorType[] Jobs =>
    [
        new("checksum_mismatch", 460, "The bytes are not those of their checksum", "Send them again; none of them were kept."),
        new("job_expired", 410, "The job was not done in time", "Make another one; it was not done before it expired."),
        new("job_not_completed", 409, "The job is not completed", "Read the job: it may still go on, or have failed."),
        new("job_not_found", 404, "There is no such job", "It may have expired; jobs are kept for 30 days."),
        new("offset_mismatch", 409, "The upload goes on somewhere else", "Ask with HEAD where, and send the bytes from there."),
        new("source_gone", 410, "What was to be transcribed is gone", "Upload it again, and make another job."),
        new("too_many_jobs", 429, "Too many jobs under way", "Wait until one is over, or cancel one."),
        new("tus_version", 412, "Another version of the upload protocol", "Send Tus-Resumable: 1.0.0."),
        new("upload_in_pieces", 400, "The file comes in too many pieces", "Begin again, with larger ones."),
        new("upload_incomplete", 409, "The upload is not whole", "Send the rest of it first."),
        new("upload_not_found", 404, "There is no such upload", "It may have expired; a file that was not finished is kept for a day."),
        new("uploads_full", 409, "The organization's uploads take all their room", "Delete some, or wait until they expire."),
        new("worker_lost", 500, "The workers that had a part ended without an answer", "Make another job; where it fails again, the part is what they cannot take."),
    ];
}
