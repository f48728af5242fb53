namespace Voice.Api.Http;

/// <summary>Examples of the API document.</summary>
internal static class ApiExamples
{
    public const string Agent = """
        {"id":"receptionist","name":"Clinic receptionist","description":"Answers the phone of a family clinic.",
         "mode":"agent","language":"en","target_language":null,"voice":null,"version":3,
         "tools":[{"name":"find_appointment","description":"Free times on a day.",
           "parameters":{"type":"object","properties":{"day":{"type":"string"}},"required":["day"]},"method":"POST",
           "url":"https://clinic.example/appointments","headers":["authorization"],"timeout_ms":5000,"filler":"Let me look at the calendar."}]}
        """;

    public const string AgentAccess = """{"restricted_to":[{"role":"member","user":null},{"role":null,"user":"user_019891f0a5b27c3d8e4f5a6b7c8d9e0f"}]}""";

    private const string SessionFields = """
        "id":"sess_019891f0a5b27c3d8e4f5a6b7c8d9e0f","agent_id":"receptionist","agent_name":"Clinic receptionist","mode":"agent","language":"en",
        "status":"ended","end_reason":"client_closed","started_at":"2026-11-20T09:30:00+00:00","ended_at":"2026-11-20T09:30:41.25+00:00",
        "duration_seconds":41.25,"turn_count":1
        """;

    private const string Turn = """
        {"id":"turn_019891f0b1c27d3e8f4a5b6c7d8e9f0a","sequence":1,"language":"en","transcript":"what time do you open","confidence":0.93,
         "reply":"We are open Monday to Friday from eight in the morning to six in the evening.",
         "started_at":"2026-11-20T09:30:04.1+00:00","completed_at":"2026-11-20T09:30:10.9+00:00",
         "latency_ms":{"endpointing":402,"transcript_final":21,"first_token":6,"first_audio":38,"voice_to_voice":471}}
        """;

    public const string Agents = $$"""{"data":[{{Agent}}],"next_cursor":null}""";

    public const string Sessions = $$"""{"data":[{ {{SessionFields}} }],"next_cursor":"CN6wtMa3AABzZXNzXzAxOTg5MWYw"}""";

    public const string Session = $$"""
        { {{SessionFields}},"target_language":null,"user_id":"user_1","transport":"websocket","has_recording":true,"has_transcript":true,"agent_version":3,
          "turns":[{{Turn}}] }
        """;

    public const string Recording = """
        {"url":"/api/v1/sessions/sess_019891f0a5b27c3d8e4f5a6b7c8d9e0f/recording/content?expires=1795168800&signature=kq3v",
         "expires_at":"2026-11-20T10:00:00+00:00","content_type":"audio/wav"}
        """;

    public const string Replay = """
        {"session_id":"sess_019891f0a5b27c3d8e4f5a6b7c8d9e0f","agent_id":"receptionist","recorded_version":3,"agent_version":4,"model":"live","complete":true,
         "identical":false,"duration_seconds":41.25,
         "turns":[{"sequence":1,
           "recorded":{"transcript":"what time do you open","reply":"We are open Monday to Friday from eight in the morning to six in the evening.","latency_ms":{"first_token":6,"voice_to_voice":471}},
           "replayed":{"transcript":"what time do you open","reply":"At eight.","latency_ms":{"first_token":310,"voice_to_voice":902}},
           "same_transcript":true,"same_reply":false}]}
        """;

    public const string Transcript = """
        {"schema":"voiceaspire.transcript.v1",
         "session":{"id":"sess_019891f0a5b27c3d8e4f5a6b7c8d9e0f","organization_id":"org_default","user_id":"user_1","agent_id":"receptionist",
           "agent_name":"Clinic receptionist","mode":"agent","language":"en","target_language":null,"transport":"websocket","end_reason":"client_closed",
           "started_at":"2026-11-20T09:30:00+00:00","ended_at":"2026-11-20T09:30:41.25+00:00","duration_seconds":41.25},
         "recording":{"blob":"recordings/org_default/sess_019891f0a5b27c3d8e4f5a6b7c8d9e0f.wav","content_type":"audio/wav","sample_rate":24000,"channels":["user","assistant"]},
         "turns":[{"id":"turn_019891f0b1c27d3e8f4a5b6c7d8e9f0a","sequence":1,"language":"en","started_at":"2026-11-20T09:30:04.1+00:00",
           "completed_at":"2026-11-20T09:30:10.9+00:00","offset_ms":4100,"transcript":"what time do you open","confidence":0.93,
           "reply":"We are open Monday to Friday from eight in the morning to six in the evening.","latency_ms":{"voice_to_voice":471}}]}
        """;

    public const string ClientSecretRequest = """
        {"expires_after":{"anchor":"created_at","seconds":60},"session":{"type":"realtime","instructions":"Be brief."},
         "voiceaspire":{"agent":"receptionist","origin":"https://www.example.com","max_uses":1}}
        """;

    public const string ClientSecret = """
        {"value":"ek_3q2-7wAAYx1uS0mE5rV9kQ0cJ4dT8fN6","expires_at":1795168860,
         "session":{"type":"realtime","object":"realtime.session","id":"sess_019891f0a5b27c3d8e4f5a6b7c8d9e0f","model":"receptionist","instructions":"Be brief."}}
        """;
}
