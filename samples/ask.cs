#:property PublishAot=false
#:project ../clients/dotnet/Client.csproj

// Asks an agent one question in writing and prints what it says, over the same endpoint that a microphone talks to:
//     dotnet run samples/ask.cs http://localhost:8080 API_KEY "What are your opening hours?"
using System.Text.Json.Nodes;
using Voice.Client;

if (args.Length != 3)
{
    Console.Error.WriteLine("usage: dotnet run samples/ask.cs URL API_KEY QUESTION");
    return 2;
}

await using var client = await RealtimeClient.ConnectAsync(
    new RealtimeEndpoint(new Uri(args[0]), args[1]), "receptionist", TimeProvider.System, CancellationToken.None);

await client.SendAsync(new JsonObject
{
    ["type"] = "conversation.item.create",
    ["item"] = new JsonObject
    {
        ["type"] = "message",
        ["role"] = "user",
        ["content"] = new JsonArray(new JsonObject { ["type"] = "input_text", ["text"] = args[2] }),
    },
}, CancellationToken.None);
await client.SendAsync(new JsonObject
{
    ["type"] = "response.create",
    ["response"] = new JsonObject { ["output_modalities"] = new JsonArray("text") },
}, CancellationToken.None);

await foreach (var received in client.ReadAllAsync(CancellationToken.None))
{
    switch (received.Type)
    {
        case "response.output_text.delta":
            Console.Write(received.Text("delta"));
            break;
        case "response.done":
            Console.WriteLine();
            await client.CloseOutputAsync(CancellationToken.None);
            return 0;
        case "error":
            Console.Error.WriteLine(received.Text("error", "message"));
            return 1;
    }
}

return 1;
