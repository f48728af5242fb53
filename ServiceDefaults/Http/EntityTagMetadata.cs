namespace Voice.ServiceDefaults.Http;

/// <summary>On endpoints with versions; the API document says so.</summary>
internal sealed class EntityTagMetadata;
