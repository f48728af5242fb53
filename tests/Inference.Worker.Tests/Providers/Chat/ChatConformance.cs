using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers.Chat;

/// <summary>What every adapter of a language model does, at the wire of its service.</summary>
public abstract partial class ChatConformance : IAsyncLifetime
{
    protected const string Key = "secret-of-the-operator";
    protected const string Model = "theirs-1";

    private readonly ProviderKit _kit = new();

    private protected ProviderServer Server { get; private set; } = null!;

    private protected Provider Provider { get; private set; } = null!;

    private protected abstract string Kind { get; }

    private protected abstract ChatScript Script { get; }

    private protected IChatClient Chat => Provider.Chat!;

    protected static List<ChatMessage> Question => [new(ChatRole.System, "You are a receptionist."), new(ChatRole.User, "when do you open")];

    public async Task InitializeAsync()
    {
        Server = await ProviderServer.StartAsync();
        Provider = Create(TimeSpan.FromSeconds(20));
    }

    /// <summary>No test leaves a request behind.</summary>
    public async Task DisposeAsync()
    {
        await Deadline.Until(() => Task.FromResult(Server.Open == 0));
        await _kit.DisposeAsync();
        await Server.DisposeAsync();
    }

    [Fact]
    public async Task The_first_words_are_told_before_the_answer_is_over()
    {
        var heard = new TaskCompletionSource();
        Server.Answer = async context =>
        {
            await SendAsync(context, Script.Words("We open "));
            await heard.Task.OrTimeout();
            await SendAsync(context, [.. Script.Words("at ", "eight.")[^2..], .. Script.End()]);
        };

        var words = new List<string>();
        await foreach (var update in Chat.GetStreamingResponseAsync(Question))
        {
            if (update.Text.Length > 0)
            {
                words.Add(update.Text);
                heard.TrySetResult();
            }
        }

        Assert.Equal(["We open ", "at ", "eight."], words);
    }

    [Fact]
    public async Task Words_reason_model_and_usage_are_the_services()
    {
        Server.Answer = context => SendAsync(context, [.. Script.Words("We open ", "at ", "eight."), .. Script.End()]);

        var response = await Chat.GetResponseAsync(Question).OrTimeout();

        Assert.Equal(("We open at eight.", ChatFinishReason.Stop, Model), (response.Text, response.FinishReason, response.ModelId));
        AssertCounted(response);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData(1, "\n")]
    [InlineData(7, "\n")]
    [InlineData(1, "\r\n")]
    public async Task Frames_are_put_together_wherever_the_network_cuts_them(int length, string newline)
    {
        var frames = Encoding.UTF8.GetBytes(string.Concat([.. Script.Words("Die Öffnung ", "ist um 8 ☀️."), .. Script.End()]).Replace("\n", newline));
        Server.Answer = async context =>
        {
            Begin(context);
            foreach (var part in frames.Chunk(length))
            {
                await context.Response.Body.WriteAsync(part);
                await context.Response.Body.FlushAsync();
            }
        };

        var response = await Chat.GetResponseAsync(Question).OrTimeout();

        Assert.Equal("Die Öffnung ist um 8 ☀️.", response.Text);
        AssertCounted(response);
    }

    [Fact]
    public async Task Calls_are_told_whole_with_the_text_of_their_arguments()
    {
        Server.Answer = context => SendAsync(context, Script.Calls());

        var response = await Chat.GetResponseAsync(Question, WithTools()).OrTimeout();

        var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
        Assert.Equal(["book", "hours"], calls.Select(call => call.Name));
        Assert.Equal(2, calls.Select(call => call.CallId).Distinct().Count());
        Assert.Equal("Monday", calls[0].Arguments!["day"]!.ToString());
        Assert.Equal("""{"day":"Monday"}""", calls[0].RawRepresentation);
        Assert.Equal("{}", calls[1].RawRepresentation);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        AssertCounted(response);
    }

    [Fact]
    public async Task What_a_model_thinks_before_it_speaks_is_passed_over()
    {
        Server.Answer = context => SendAsync(context, Script.Thought());

        var response = await Chat.GetResponseAsync(Question).OrTimeout();

        Assert.Equal("Yes.", response.Text);
        Assert.DoesNotContain("secret", JsonSerializer.Serialize(response.Messages, AIJsonUtilities.DefaultOptions));
    }

    [Fact]
    public async Task An_answer_that_was_cut_at_the_limit_says_so()
    {
        Server.Answer = context => SendAsync(context, Script.Cut());

        var response = await Chat.GetResponseAsync(Question).OrTimeout();

        Assert.Equal(("Half", ChatFinishReason.Length), (response.Text, response.FinishReason));
    }

    [Fact]
    public async Task A_slow_answer_is_whole()
    {
        var turns = new SemaphoreSlim(0);
        Server.Answer = async context =>
        {
            foreach (var frame in (string[])[.. Script.Words("We ", "open ", "at ", "eight."), .. Script.End()])
            {
                await SendAsync(context, frame);
                if (frame.Contains("open") || frame.Contains("at "))
                {
                    await turns.WaitAsync().OrTimeout();
                }
            }
        };

        var text = "";
        await foreach (var update in Chat.GetStreamingResponseAsync(Question))
        {
            text += update.Text;
            turns.Release();
        }

        Assert.Equal("We open at eight.", text);
    }

    [Fact]
    public async Task Who_cancels_ends_the_request_at_the_service()
    {
        using var barge = new CancellationTokenSource();
        Server.Answer = async context =>
        {
            await SendAsync(context, Script.Words("We open "));
            await UntilAbortedAsync(context);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in Chat.GetStreamingResponseAsync(Question, cancellationToken: barge.Token))
            {
                if (update.Text.Length > 0)
                {
                    await barge.CancelAsync();
                }
            }
        }).OrTimeout();
        await Deadline.Until(() => Task.FromResult(Server.Open == 0));
    }

    [Fact]
    public async Task Who_cancels_before_the_answer_ends_the_request_too()
    {
        using var barge = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        Server.Answer = async context =>
        {
            asked.SetResult();
            await UntilAbortedAsync(context);
        };

        var answer = Chat.GetResponseAsync(Question, cancellationToken: barge.Token);
        await asked.Task.OrTimeout();
        await barge.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer).OrTimeout();
    }

    [Fact]
    public async Task Requests_at_once_keep_apart()
    {
        Server.Answer = async context =>
        {
            var asked = Server.Requests.Count;
            await SendAsync(context, [.. Script.Words($"{asked} ", "and ", $"{asked}"), .. Script.End()]);
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Chat.GetResponseAsync(Question))).OrTimeout();

        Assert.All(answers, answer => Assert.Equal(answer.Text.Split(' ')[0], answer.Text.Split(' ')[2]));
    }

    private protected Provider Create(TimeSpan timeout)
    {
        var settings = new ProviderSettings { Kind = Kind, ApiKey = Key, Model = Model, Timeout = timeout, Models = { ["nickname"] = "real-name" } };
        Configure(settings);
        return _kit.Create(Kind, settings);
    }

    private protected abstract void Configure(ProviderSettings settings);

    private protected ProviderRequest Asked => Server.Requests.Single();

    private protected JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Asked.Body);

    protected static ChatOptions WithTools() => new()
    {
        Tools =
        [
            AIFunctionFactory.CreateDeclaration("book", "Books.", JsonDocument.Parse("""{"type":"object","properties":{"day":{"type":"string"}},"required":["day"]}""").RootElement),
            AIFunctionFactory.CreateDeclaration("hours", "Tells the hours.", JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement),
        ],
    };

    private protected static async Task SendAsync(HttpContext context, params string[] frames)
    {
        Begin(context);
        foreach (var frame in frames)
        {
            await context.Response.WriteAsync(frame);
            await context.Response.Body.FlushAsync();
        }
    }

    private static void Begin(HttpContext context)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream";
        }
    }

    private static async Task UntilAbortedAsync(HttpContext context)
    {
        var aborted = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(aborted.SetResult);
        await aborted.Task.OrTimeout();
    }

    private static void AssertCounted(ChatResponse response) => Assert.Equal(
        (12L, 9L, 21L, 3L),
        (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount, response.Usage.CachedInputTokenCount));
}
