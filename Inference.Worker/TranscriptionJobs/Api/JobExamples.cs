namespace Voice.Inference.TranscriptionJobs.Api;

internal static class JobExamples
{
    public const string Request =
        """
        {"source":{"upload_id":"upl_019891f0d3e48f5a0b6c7d8e9f0a1b2c"},"language":"en","word_timestamps":true,"diarize_by_channel":true,"response_format":"verbose_json",
          "webhook":{"url":"https://hooks.example.com/transcripts"}}
        """;

    public const string Created =
        """
        {"id":"job_019891f0d3e48f5a0b6c7d8e9f0a1b2c","state":"queued","source":{"upload_id":"upl_019891f0d3e48f5a0b6c7d8e9f0a1b2c","session_id":null},
          "created_at":"2026-11-20T09:34:05+00:00","expires_at":"2026-12-20T09:34:05+00:00","webhook_secret":"whsec_dm93YWJsZS1kZW1vLXNlY3JldC0zMi1ieXRlcy1vayE="}
        """;

    public const string Job =
        """
        {"id":"job_019891f0d3e48f5a0b6c7d8e9f0a1b2c","state":"running","progress":0.25,"parts":{"done":120,"total":480},
          "source":{"upload_id":"upl_019891f0d3e48f5a0b6c7d8e9f0a1b2c","session_id":null},"model":null,"language":"en","word_timestamps":true,"diarize_by_channel":true,
          "response_format":"verbose_json","channels":1,"duration":14400.12,"error":null,"usage":{"audio_seconds":3602.4},
          "webhook_url":"https://hooks.example.com/transcripts","created_at":"2026-11-20T09:34:05+00:00","started_at":"2026-11-20T09:34:31+00:00","ended_at":null,
          "expires_at":"2026-12-20T09:34:05+00:00"}
        """;
}
