namespace Voice.Inference.ModelServers;

internal static class ModelServersServiceCollectionExtensions
{
    /// <summary>Nothing is watched, and nothing waited for, where no server is configured.</summary>
    public static IServiceCollection AddModelServers(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ModelServerOptions, ModelServerOptionsValidator>().BindConfiguration(ModelServerOptions.Section);
        services.AddSingleton<ModelServerWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<ModelServerWatch>());
        services.AddHealthChecks().AddCheck<ModelServerWatch>("model-servers");
        return services;
    }
}
