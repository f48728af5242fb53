using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Voice.Gateway.Security.Cors;

internal static class CorsServiceCollectionExtensions
{
    public static IServiceCollection AddCorsByOrganization(this IServiceCollection services)
    {
        services.AddSingleton<OriginDirectory>();
        services.AddSingleton<ICorsPolicyProvider, OrganizationCorsPolicies>();
        return services.AddCors();
    }
}
