using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Api.Http;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Api.Agents;

internal static class AgentAccessApi
{
    private const int MaxLength = 128;

    public static RouteGroupBuilder MapAgentAccessApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/agents/{id}/access").WithTags("Agents").RequireScope(Scopes.MembersManage);
        group.MapGet("/", GetAsync).WithName("GetAgentAccess").WithSummary("Read whom an agent is kept for")
            .WithDescription("Roles and members that may use the agent; none: everybody in the organization. Owners and admins always may.")
            .WithErrors("agent_not_found")
            .WithResponseExample(ApiExamples.AgentAccess);
        group.MapPut("/", ReplaceAsync).WithName("SetAgentAccess").WithSummary("Keep an agent for some")
            .WithDescription("Replaces the list. To all others the agent is not there: not in lists, not to read, not to talk to.")
            .WithErrors("agent_not_found", "invalid_access")
            .WithRequestExample(ApiExamples.AgentAccess)
            .WithResponseExample(ApiExamples.AgentAccess);
        return group;
    }

    private static async Task<Results<Ok<AgentAccessList>, ProblemHttpResult>> GetAsync(
        string id, AgentCatalog agents, AgentAccess access, HttpContext context, CancellationToken cancellationToken)
    {
        var organization = context.User.GetCaller().OrganizationId;
        return await agents.FindAsync(organization, id, cancellationToken) is { } agent && agent.Id == id
            ? TypedResults.Ok(new AgentAccessList([.. (await access.ListAsync(organization, id, cancellationToken)).Select(AgentPrincipal.Of)]))
            : Problems.NotFound("agent");
    }

    private static async Task<Results<Ok<AgentAccessList>, ProblemHttpResult>> ReplaceAsync(
        string id, AgentAccessList body, AgentCatalog agents, AgentAccess access, HttpContext context, CancellationToken cancellationToken)
    {
        if (body.RestrictedTo is not { Count: <= AgentAccess.MaxPrincipals } asked || !asked.All(IsGood))
        {
            return ApiError.Result(
                StatusCodes.Status400BadRequest, "invalid_access",
                $"restricted_to is a list of at most {AgentAccess.MaxPrincipals}, each with either 'role' or 'user'.", "restricted_to");
        }

        var organization = context.User.GetCaller().OrganizationId;
        if (await agents.FindAsync(organization, id, cancellationToken) is not { } agent || agent.Id != id)
        {
            return Problems.NotFound("agent");
        }

        await access.ReplaceAsync(organization, id, [.. asked.Select(principal => principal.AsText())], cancellationToken);
        return TypedResults.Ok(new AgentAccessList([.. (await access.ListAsync(organization, id, cancellationToken)).Select(AgentPrincipal.Of)]));
    }

    private static bool IsGood(AgentPrincipal? principal) => principal switch
    {
        { Role: { } role, User: null } => Roles.All.Contains(role, StringComparer.Ordinal),
        { Role: null, User: { Length: > 0 and <= MaxLength } user } => user.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'),
        _ => false,
    };
}
