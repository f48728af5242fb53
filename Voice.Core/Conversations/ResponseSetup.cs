using Voice.Core.Modes;
using Voice.Core.Replies;
using Voice.Core.Tools;

namespace Voice.Core.Conversations;

/// <summary>What a response is made with: what its request asks for, and the session for the rest. Under the conversation's gate.</summary>
internal static class ResponseSetup
{
    /// <returns>What is wrong with the request; null where it can be served.</returns>
    public static ConversationEvent.Error? Check(ConversationContext context, ResponseRequest request)
    {
        var tools = Tools(context, request);
        if (tools.Choice is { Kind: ToolChoiceKind.Function, Name: { } name } && tools.All.All(tool => tool.Name != name))
        {
            return Error("tool_choice", $"tool_choice names '{name}', which is not among the tools of this response.");
        }

        if (tools.Choice.Kind == ToolChoiceKind.Required && !tools.All.Any())
        {
            return Error("tool_choice", "tool_choice 'required' needs at least one tool.");
        }

        var missing = (request.Input ?? []).ToList().FindIndex(input => input.ReferencedId is { } id && context.History.Find(id) is null);
        return missing < 0 ? null
            : new ConversationEvent.Error(
                "invalid_request_error", "item_not_found", $"There is no item '{request.Input![missing].ReferencedId}'.", $"response.input[{missing}].id", request.ClientEventId);

        ConversationEvent.Error Error(string field, string message) =>
            new("invalid_request_error", "invalid_value", message, $"response.{field}", request.ClientEventId);
    }

    /// <summary>What the model is shown. An item deleted since it was asked for is left out.</summary>
    public static IReadOnlyList<ConversationItem> History(ConversationContext context, ResponseRequest request) => request.Input is not { } input
        ? Memory.Of(context.History.Snapshot())
        : [.. input.Select(one => one.Item ?? context.History.Find(one.ReferencedId!)).OfType<ConversationItem>()];

    public static string UserText(IReadOnlyList<ConversationItem> history) =>
        history.OfType<ConversationItem.Message>().LastOrDefault(message => message.Role == ItemRole.User)?.Text ?? string.Empty;

    public static ActiveResponse Response(ConversationContext context, ReplyRun run, Turn? turn, ResponseRequest request, PlaybackLedger? after)
    {
        var limit = request.MaxOutputTokens ?? context.Settings.MaxOutputTokens;
        return new ActiveResponse(context.NewId("resp"), turn, request.Audio ?? context.Settings.Audio, request, context.Playback)
        {
            Run = run,
            After = after,
            MaxOutputTokens = limit == ResponseRequest.Unlimited ? null : limit,
            Voice = request.Voice ?? context.Settings.Voice ?? context.Agent.Voice,
        };
    }

    public static (ReplyRequest Reply, ReplyVoice Voice) Reply(ConversationContext context, ActiveResponse response, IReadOnlyList<ConversationItem> history, string userText)
    {
        var instructions = response.Request.Instructions ?? context.Settings.Instructions;
        var tools = Tools(context, response.Request);
        var reply = new ReplyRequest(userText, history, instructions, context.Agent.Language)
        {
            Tools = tools, MaxOutputTokens = response.MaxOutputTokens, Spoken = response.Audio,
        };
        return (reply, new ReplyVoice(response.Audio, response.Voice, context.Agent.SpeechModel, context.Settings.Speed));
    }

    /// <summary>What runs beside the conversation has no effects outside: it gets none of the agent's own tools.</summary>
    private static ToolSet Tools(ConversationContext context, ResponseRequest request) => new(
        request.Tools ?? context.Settings.Tools, request.OutOfBand ? [] : context.Agent.Tools,
        request.ToolChoice ?? context.Settings.ToolChoice, request.ParallelToolCalls ?? context.Settings.ParallelToolCalls);
}
