namespace Voice.Web.Components;

internal static class PageStatus
{
    /// <summary>
    /// Gives a page another status than 200. Set when the response starts and not before: Razor components do not write the body of a
    /// response that is already a 404, they leave it to status code pages, and ours are for APIs.
    /// </summary>
    public static void AnswerWith(this HttpContext context, int status) => context.Response.OnStarting(() =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    public static int For(Platform.ServiceOutcome outcome) => outcome switch
    {
        Platform.ServiceOutcome.Found => StatusCodes.Status200OK,
        Platform.ServiceOutcome.NotFound => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status503ServiceUnavailable,
    };
}
