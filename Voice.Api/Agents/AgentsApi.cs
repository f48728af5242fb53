using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Api.Http;
using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Agents;

internal static class AgentsApi
{
    private const int MaxIdLength = 128;

    public static RouteGroupBuilder MapAgentsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/agents").WithTags("Agents").RequireScope(Scopes.AgentsRead);
        group.MapGet("/", ListAsync).WithName("ListAgents").WithSummary("List agents")
            .WithDescription("The agents of your organization, in order of id.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{id}", GetAsync).WithName("GetAgent").WithSummary("Read an agent")
            .ProducesProblem(StatusCodes.Status404NotFound);
        return group;
    }

    private static async Task<Results<Ok<Page<AgentSummary>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, AgentCatalog agents, HttpContext context, CancellationToken cancellationToken)
    {
        if (!page.HasValidLimit)
        {
            return Problems.InvalidLimit();
        }

        if (!TryParseCursor(page.Cursor, out var after))
        {
            return Problems.InvalidCursor();
        }

        var found = await agents.ListAsync(context.User.GetCaller().OrganizationId, after, page.Count + 1, cancellationToken);
        var data = found.Take(page.Count).Select(AgentSummary.From).ToList();
        return TypedResults.Ok(new Page<AgentSummary>(data, found.Count > page.Count ? Cursor(data[^1].Id) : null));
    }

    private static async Task<Results<Ok<AgentSummary>, ProblemHttpResult>> GetAsync(
        string id, AgentCatalog agents, HttpContext context, CancellationToken cancellationToken)
    {
        var agent = await agents.FindAsync(context.User.GetCaller().OrganizationId, id, cancellationToken);
        return agent is null || agent.Id != id ? Problems.NotFound("agent") : TypedResults.Ok(AgentSummary.From(agent));
    }

    private static string Cursor(string id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id));

    private static bool TryParseCursor(string? cursor, out string? id)
    {
        id = null;
        if (cursor is null)
        {
            return true;
        }

        var bytes = new byte[MaxIdLength];
        if (cursor.Length is 0 or > MaxIdLength || Base64Url.DecodeFromChars(cursor, bytes, out _, out var length) != OperationStatus.Done
            || bytes.AsSpan(0, length).ContainsAnyInRange((byte)0, (byte)' ') || !Ascii.IsValid(bytes.AsSpan(0, length)))
        {
            return false;
        }

        id = Encoding.ASCII.GetString(bytes, 0, length);
        return true;
    }
}
