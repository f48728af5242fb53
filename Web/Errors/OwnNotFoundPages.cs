using Microsoft.AspNetCore.Diagnostics;

namespace Voice.Web.Errors;

/// <summary>
/// Razor components leave the body of a 404 to the status code pages wherever that middleware runs. Ours writes JSON; the pages here have
/// something to say themselves.
/// </summary>
internal sealed class OwnNotFoundPages(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Features.Set<IStatusCodePagesFeature>(null);
        return next(context);
    }
}
