namespace Voice.Api.Replay;

internal static class ReplayServiceCollectionExtensions
{
    /// <summary>Adds session logs and their replay.</summary>
    public static WebApplicationBuilder AddReplay(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SessionLogStore>();
        builder.Services.AddSingleton<SessionLogs>();
        builder.Services.AddSingleton<SessionReplays>();
        return builder;
    }
}
