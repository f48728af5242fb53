namespace Voice.Gateway.Audit;

internal static class AuditServiceCollectionExtensions
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditKeys>());
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<AuditReader>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, AuditApiJson.Default));
        return services;
    }
}
