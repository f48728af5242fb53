using System.Net;

namespace Web.Tests;

/// <summary>The web app before services that answer as a small clinic's would.</summary>
public sealed class WebHost : IAsyncLifetime
{
    private FakePlatform? _platform;
    private ServiceFactory<Program>? _factory;

    public FakePlatform Platform => _platform!;

    public IServiceProvider Services => _factory!.Services;

    public async Task InitializeAsync()
    {
        _platform = await FakePlatform.StartAsync();
        _factory = new ServiceFactory<Program>();
        foreach (var service in new[] { "voice-api", "safety-worker", "export-worker" })
        {
            _factory.With($"services:{service}:http:0", Platform.Address);
        }

        Reset();
    }

    public void Reset()
    {
        Platform.Failures.Clear();
        Platform.Answers["/api/v1/agents"] =
            """
            {"data":[
              {"id":"receptionist","name":"Receptionist","description":"Knows the clinic.","mode":"agent","language":"en","target_language":null,"voice":null},
              {"id":"interpreter","name":"Interpreter","description":"<b>EN</b> to ES","mode":"interpreter","language":"en","target_language":"es","voice":null}],
             "next_cursor":null}
            """;
        Platform.Answers["/api/v1/sessions"] =
            """
            {"data":[
              {"id":"sess_1","agent_id":"receptionist","agent_name":"Receptionist","mode":"agent","language":"en","status":"active","end_reason":null,"started_at":"2026-11-20T11:15:04Z","ended_at":null,"duration_seconds":null,"turn_count":2},
              {"id":"sess_2","agent_id":"receptionist","agent_name":"Receptionist","mode":"agent","language":"en","status":"ended","end_reason":"connection_lost","started_at":"2026-11-20T10:15:04Z","ended_at":"2026-11-20T10:16:35Z","duration_seconds":91.2,"turn_count":3}],
             "next_cursor":"a+b/c=="}
            """;
        Platform.Answers["/api/v1/sessions/sess_2"] =
            """
            {"id":"sess_2","agent_id":"receptionist","agent_name":"Receptionist","mode":"agent","language":"en","status":"ended","end_reason":"client_closed","started_at":"2026-11-20T10:15:04Z","ended_at":"2026-11-20T10:16:35Z","duration_seconds":91.2,"turn_count":2,"has_recording":true,"has_transcript":true,
             "turns":[
              {"id":"turn_1","sequence":1,"transcript":"when are you <script>alert(1)</script> open","confidence":0.93,"reply":"From eight until six.","started_at":"2026-11-20T10:15:09Z","completed_at":"2026-11-20T10:15:15Z","latency_ms":{"endpointing":400,"transcript_final":50,"first_token":10,"safety":4,"first_audio":40,"voice_to_voice":500}},
              {"id":"turn_2","sequence":2,"transcript":"thank you","confidence":null,"reply":"","started_at":"2026-11-20T10:16:24Z","completed_at":"2026-11-20T10:16:30Z","latency_ms":{}}]}
            """;
        Platform.Answers["/api/v1/sessions/sess_2/recording"] =
            """{"url":"/api/v1/sessions/sess_2/recording/content?expires=1&signature=abc","expires_at":"2026-11-20T10:30:00Z","content_type":"audio/wav"}""";
        Platform.Answers["/api/v1/sessions/sess_2/interventions"] =
            """
            {"data":[{"id":"int_1","turn_id":"turn_1","category":"self_harm","severity":"crisis","language":"en","matched_layer":"lexicon","message":"You are not alone.","resources":[{"name":"Lifeline","contact":"988","url":null}],"occurred_at":"2026-11-20T10:15:20Z"}]}
            """;
        Platform.Answers["/api/v1/sessions/sess_2/exports"] =
            """
            {"data":[{"id":"exp_1","kind":"session","blob":"x","created_at":"2026-11-20T10:17:00Z","summary":{"text":"From eight until six.","topics":["opening hours"],"open_questions":["where to park"]}}]}
            """;
    }

    public HttpClient Anonymous() => _factory!.CreateClient(new() { AllowAutoRedirect = false });

    public HttpClient SignedIn() => Anonymous().As("org_default", "user_7");

    /// <summary>The page, after a look at what no page may have: anything that the Content-Security-Policy forbids.</summary>
    public async Task<string> PageAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var client = SignedIn();
        client.DefaultRequestHeaders.Add("Accept", "text/html,*/*;q=0.8");
        using var response = await client.GetAsync(path);
        var page = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{path}: {(int)response.StatusCode} {page}");
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotMatch(@"<script(?![^>]*\bsrc=)", page);
        Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"<[^>]+\son\w+=", page);
        Assert.DoesNotMatch("(?:src|href)=\"https?:", page);
        return page;
    }

    public async Task DisposeAsync()
    {
        await _factory!.DisposeAsync();
        await Platform.DisposeAsync();
    }
}
