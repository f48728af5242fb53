namespace Voice.Inference.Providers.Catalogue;

internal static class ProviderExamples
{
    public const string Created =
        """
        {"name":"our-models","kind":"openai-compatible","api_key":"sk-example","base_url":"https://models.example.com/v1","region":null,"model":"qwen3-8b","voice":null,
         "models":{"gpt-4o-mini":"qwen3-8b"},"options":{},"max_concurrent":20,"requests_per_second":null}
        """;

    public const string Change = """{"model":"qwen3-14b","max_concurrent":10}""";

    public const string Own =
        """
        {"name":"our-models","kind":"openai-compatible","origin":"organization","local":false,"model":"qwen3-8b","capabilities":[],
         "settings":{"base_url":"https://models.example.com/v1","region":null,"voice":null,"models":{"gpt-4o-mini":"qwen3-8b"},"options":{},"max_concurrent":20,
         "requests_per_second":null,"has_key":true}}
        """;

    public const string List =
        """
        {"data":[{"name":"pocketsphinx","kind":"embedded","origin":"embedded","local":true,"model":null,"capabilities":[{"capability":"transcription","streaming":true,
          "languages":["en"],"models":["pocketsphinx-en-us"],"voices":[],"voice_count":0,"word_times":true,"translates_to_english":false,"instructions":false,"ssml":false,
          "price":{"per_audio_minute":0,"per_million_characters":0,"per_million_input_tokens":0,"per_million_output_tokens":0},
          "measured":{"calls":12,"error_rate":0,"median_first_ms":41.5,"p95_first_ms":null},"breaker":"closed","default_for":["any"]}],"settings":null}],
         "kinds":["anthropic","openai","openai-compatible"]}
        """;

    public const string Usage =
        """
        {"data":[{"day":"2026-11-20","provider":"deepgram","own":false,"capability":"transcription","model":"nova-3","calls":42,"estimated":0,"audio_seconds":1260.5,
          "characters":0,"input_tokens":0,"output_tokens":0,"cost":0.16}]}
        """;
}
