using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Voice.ServiceDefaults.Identity;

/// <summary>On whose behalf the code that asks is running: the caller of the current request or, outside a request, this service.</summary>
public sealed class CurrentCaller(IHttpContextAccessor accessor, IHostEnvironment environment)
{
    /// <summary>What a service calls itself towards others; it belongs to the platform, not to a customer.</summary>
    public const string PlatformOrganization = "org_platform";

    private readonly Caller _service = new(PlatformOrganization, environment.ApplicationName, "service", environment.ApplicationName)
    {
        Scopes = ScopeSet.Everything,
    };

    public Caller Value => accessor.HttpContext?.User.FindCaller() ?? _service;
}
