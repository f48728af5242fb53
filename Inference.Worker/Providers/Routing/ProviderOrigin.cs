namespace Voice.Inference.Providers.Routing;

internal enum ProviderOrigin
{
    /// <summary>Comes with the program.</summary>
    Embedded,

    /// <summary>The operator's: <c>Providers:&lt;name&gt;</c>, <c>Engines:&lt;capability&gt;</c> or <c>ConnectionStrings:openai</c>.</summary>
    Configured,

    /// <summary>Brought by an organization, for itself.</summary>
    Organization,
}
