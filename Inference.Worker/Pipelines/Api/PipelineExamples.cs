namespace Voice.Inference.Pipelines.Api;

/// <summary>Examples of the API document.</summary>
internal static class PipelineExamples
{
    /// <summary>In short; the whole is the pipelines' own schema.</summary>
    public const string DocumentSchema = """
        {"type":"object","required":["name","steps"],"description":"A pipeline; GET /api/v1/pipelines/schema has the whole schema.","properties":{
          "name":{"type":"string","minLength":1,"maxLength":100},
          "description":{"type":"string","maxLength":1000},
          "inputs":{"type":"object","maxProperties":32},
          "steps":{"type":"array","minItems":1,"maxItems":50,"items":{"type":"object","required":["id","type"],"properties":{
            "id":{"type":"string"},"type":{"type":"string","enum":["transcribe","translate","chat","speak","summarise","detect","http"]},"with":{"type":"object"}}}},
          "outputs":{"type":"object","maxProperties":32},
          "idempotency":{"type":"object","properties":{"key":{"type":"string"}}}}}
        """;

    public const string Document = """
        {"name":"Spoken translation","inputs":{"text":{"type":"text"}},
         "steps":[
           {"id":"translated","type":"translate","with":{"text":"{{inputs.text}}","from":"en","to":"es"}},
           {"id":"say","type":"speak","with":{"text":"{{steps.translated.text}}","language":"es"}}],
         "outputs":{"spanish":"{{steps.translated.text}}","audio":"{{steps.say.audio}}"}}
        """;

    private const string Fields = """
        "id":"pipe_019891f0a5b27c3d8e4f5a6b7c8d9e0f","name":"Spoken translation","description":null,"version":2,
        "created_at":"2026-11-20T09:30:00+00:00","updated_at":"2026-11-20T10:12:41.25+00:00"
        """;

    public const string Pipelines = $$"""{"data":[{ {{Fields}} }],"next_cursor":null}""";

    public const string Pipeline = $$"""{ {{Fields}},"latest_version":2,"document":{{Document}} }""";

    public const string Versions = """
        {"data":[{"version":2,"created_by":"user_1","created_at":"2026-11-20T10:12:41.25+00:00"},{"version":1,"created_by":"user_1","created_at":"2026-11-20T09:30:00+00:00"}],
         "next_cursor":null}
        """;

    private const string RunFields = """
        "id":"run_019891f0b1c27d3e8f4a5b6c7d8e9f0a","pipeline_id":"pipe_019891f0a5b27c3d8e4f5a6b7c8d9e0f","version":2,"state":"succeeded","bulk_run_id":null,"source_run_id":null,
        "error":null,"cost":0,"created_at":"2026-11-20T10:15:00+00:00","started_at":"2026-11-20T10:15:00.02+00:00","ended_at":"2026-11-20T10:15:01.31+00:00"
        """;

    public const string RunRequest = """{"inputs":{"text":"The clinic is open on Monday."}}""";

    public const string Runs = $$"""{"data":[{ {{RunFields}} }],"next_cursor":null}""";

    public const string RunStarted = $$"""{ {{RunFields}} }""";

    public const string Run = $$"""
        { {{RunFields}},"inputs":{"text":"The clinic is open on Monday."},
          "outputs":{"spanish":"La clínica está abierta el lunes.","audio":{"file":"pfile_019891f0b2c27d3e8f4a5b6c7d8e9f0b","name":"say.wav","content_type":"audio/wav","bytes":98348} },
          "usage":{"characters":62},
          "steps":[{"id":"translated","type":"translate","state":"succeeded","needs":[],"fallback":false,
            "output":{"text":"La clínica está abierta el lunes.","from":"en","to":"es","model":"apertium"},"error":null,
            "started_at":"2026-11-20T10:15:00.02+00:00","ended_at":"2026-11-20T10:15:00.21+00:00","duration_ms":190,"usage":{"characters":29},"cost":0,
            "attempts":[{"number":1,"action":"step","outcome":"succeeded","error":null,"started_at":"2026-11-20T10:15:00.02+00:00","ended_at":"2026-11-20T10:15:00.21+00:00"}] }] }
        """;

    public const string BulkRequest = """{"parallel":2,"items":[{"text":"Good morning."},{"text":"Good evening."}]}""";

    public const string BulkRun = """
        {"id":"bulk_019891f0c1c27d3e8f4a5b6c7d8e9f0c","pipeline_id":"pipe_019891f0a5b27c3d8e4f5a6b7c8d9e0f","version":2,"parallel":2,"total":2,"finished":1,
         "states":{"running":1,"succeeded":1},"created_at":"2026-11-20T10:20:00+00:00"}
        """;

    public const string BulkRuns = $$"""{"data":[{{BulkRun}}],"next_cursor":null}""";
}
