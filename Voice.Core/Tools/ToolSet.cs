namespace Voice.Core.Tools;

/// <summary>What the model may call in one response, and who runs it.</summary>
/// <param name="Client">The model's call goes to the client, and the response ends with it.</param>
/// <param name="Server">Run here, within the response.</param>
/// <param name="Parallel">The model may call several at once.</param>
internal sealed record ToolSet(IReadOnlyList<ToolDefinition> Client, IReadOnlyList<ToolDefinition> Server, ToolChoice Choice, bool Parallel)
{
    public static readonly ToolSet Empty = new([], [], ToolChoice.Auto, Parallel: true);

    public IEnumerable<ToolDefinition> All => Server.Concat(Client);

    public bool IsClients(string name) => Client.Any(tool => tool.Name == name);
}
