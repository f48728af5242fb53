using Microsoft.Extensions.Options;
using Npgsql;
using Voice.Api.Sessions;

namespace Voice.Api.Recordings;

internal sealed class RecordingsServices(
    NpgsqlDataSource database, RecordingStore recordings, RecordingSignatures signatures, IOptions<SessionRecordOptions> options, TimeProvider time)
{
    public NpgsqlDataSource Database => database;

    public RecordingStore Recordings => recordings;

    public RecordingSignatures Signatures => signatures;

    public IOptions<SessionRecordOptions> Options => options;

    public TimeProvider Time => time;
}
