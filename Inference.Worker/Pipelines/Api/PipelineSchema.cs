namespace Voice.Inference.Pipelines.Api;

/// <summary><c>docs/specs/schemas/pipeline.json</c>, as it was when this was built.</summary>
internal static class PipelineSchema
{
    private const string Resource = "pipeline.schema.json";

    private static readonly Lazy<string> Read = new(() =>
    {
        using var reader = new StreamReader(typeof(PipelineSchema).Assembly.GetManifestResourceStream(Resource)!);
        return reader.ReadToEnd();
    });

    public static string Text => Read.Value;
}
