using System.Text.Json;
using Microsoft.Extensions.AI;
using Voice.Core.Conversations;
using Voice.Core.Tools;

namespace Voice.Core.Tests.Conversations;

/// <summary>A typed conversation with tools: <c>book</c> and <c>hours</c> the agent's own, <c>show</c> the client's.</summary>
internal sealed class ToolScene : IDisposable
{
    private ScriptedTools? _tools;

    public ToolScene(ConversationSettings? settings = null, string? filler = null)
    {
        var agent = Scene.Agent() with
        {
            Tools = [Tool("book", """{"type":"object","properties":{"day":{"type":"string"}},"required":["day"]}""") with { Filler = filler, Timeout = TimeSpan.FromSeconds(2) }, Tool("hours")],
        };
        Scene = new Scene(agent, (settings ?? new ConversationSettings()) with { Tools = [Tool("show")] }, with: (providers, time) => providers with { Tools = _tools = new ScriptedTools(time) });
    }

    public Scene Scene { get; }

    public ScriptedTools Tools => _tools!;

    public ScriptedModel Model => Scene.Model;

    public IEnumerable<string> Kinds => Scene.Events.Select(e => e.GetType().Name);

    public static ToolDefinition Tool(string name, string schema = """{"type":"object","properties":{}}""") =>
        new(name, $"The tool {name}.", JsonDocument.Parse(schema).RootElement);

    public static FunctionCallContent Call(string id, string name, string arguments = "{}") => new(id, name) { RawRepresentation = arguments };

    /// <summary>The user types, and the client asks for a reply.</summary>
    public void Ask(string text = "book me in on Monday", ResponseRequest? request = null)
    {
        Create(new ConversationItem.Message(string.Empty, ItemRole.User, ItemStatus.Completed, [new ItemContent(ItemContentKind.InputText, text)]));
        Respond(request);
    }

    public void Create(ConversationItem item) => Scene.Conversation.CreateItem(item, null, null);

    public void Respond(ResponseRequest? request = null)
    {
        Scene.Conversation.CreateResponse(request ?? new ResponseRequest());
        Scene.Run();
    }

    public void Dispose() => Scene.Dispose();
}
