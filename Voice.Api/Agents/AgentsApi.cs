using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Api.Http;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Api.Agents;

internal static class AgentsApi
{
    private const string List = "agents";

    public static RouteGroupBuilder MapAgentsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/agents").WithTags("Agents").RequireScope(Scopes.AgentsRead);
        group.MapGet("/", ListAsync).WithName("ListAgents").WithSummary("List agents")
            .WithDescription("The agents of your organization, in order of id.")
            .WithErrors("invalid_limit", "invalid_cursor")
            .WithResponseExample(ApiExamples.Agents);
        group.MapGet("/{id}", GetAsync).WithName("GetAgent").WithSummary("Read an agent")
            .WithDescription("An agent as clients see it; its instructions and knowledge stay with the operator.")
            .WithErrors("agent_not_found")
            .WithEntityTag()
            .WithResponseExample(ApiExamples.Agent);
        routes.MapAgentAccessApi();
        return group;
    }

    private static async Task<Results<Ok<Page<AgentSummary>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, PageCursors cursors, AgentCatalog agents, HttpContext context, CancellationToken cancellationToken)
    {
        if (page.Refuse(cursors, List, out var after) is { } refusal)
        {
            return refusal;
        }

        var found = await agents.ListAsync(context.User.GetCaller(), after?[0], page.Count + 1, cancellationToken);
        return TypedResults.Ok(page.Cut(found, AgentSummary.From, last => cursors.Write(List, last.Id)));
    }

    private static async Task<Results<Ok<AgentSummary>, ProblemHttpResult>> GetAsync(
        string id, AgentCatalog agents, HttpContext context, CancellationToken cancellationToken)
    {
        var agent = await agents.FindAsync(context.User.GetCaller(), id, cancellationToken);
        if (agent is null || agent.Id != id)
        {
            return Problems.NotFound("agent");
        }

        context.SetEntityTag(EntityTags.TagOf(agent.Version));
        return TypedResults.Ok(AgentSummary.From(agent));
    }
}
