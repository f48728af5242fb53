using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Microsoft.Extensions.AI;
using Voice.Core.Providers;

namespace Voice.Inference.Providers.Anthropic;

/// <summary>
/// Anthropic's own client behind our rules: no repetition of its own, our time limits and errors, an answer that breaks off is an error, and a call's
/// arguments are kept as the text that they are. Thread-safe.
/// </summary>
internal sealed class AnthropicChatClient : IChatClient
{
    private const int DefaultMaxOutputTokens = 4_096;
    private const string Default = "default";

    private readonly string _who;
    private readonly ProviderSettings _settings;
    private readonly TimeProvider _time;
    private readonly AnthropicClient _client;
    private readonly IChatClient _chat;

    public AnthropicChatClient(ProviderHttp http, string who, ProviderSettings settings, TimeProvider time)
    {
        (_who, _settings, _time) = (who, settings, time);
        var options = new ClientOptions
        {
            HttpClient = new HttpClient(new AnthropicHandler(http, who, settings.Timeout)) { Timeout = Timeout.InfiniteTimeSpan },
            MaxRetries = 0, // The catalogue repeats.
            Timeout = TimeSpan.FromDays(1), // The handler and the reading below have the limits.
            ApiKey = settings.ApiKey,
            AuthToken = null, // Or it would look for one in the environment.
        };
        if (settings.BaseUrl is { } address)
        {
            options.BaseUrl = address.AbsoluteUri.TrimEnd('/');
        }

        _client = new AnthropicClient(options);
        var most = int.TryParse(settings.Options.GetValueOrDefault(AnthropicKind.MaxOutputTokens), CultureInfo.InvariantCulture, out var tokens) ? tokens : DefaultMaxOutputTokens;
        _chat = _client.AsIChatClient(settings.Model!, most);
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var silence = new SilenceLimit(_settings.Timeout, _time, cancellationToken);
        var own = Own(options);
        await using var updates = _chat.GetStreamingResponseAsync(messages, own, silence.Token).GetAsyncEnumerator(silence.Token);
        var finished = false;
        while (await NextAsync(updates, silence) is { } update)
        {
            finished |= update.FinishReason is not null;
            if (Told(update) is { } told)
            {
                yield return told;
            }
        }

        if (!finished)
        {
            throw new ProviderException("provider_failed", "The provider's answer broke off before its end.");
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("anthropic", _settings.BaseUrl, _settings.Model)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        _chat.Dispose();
        _client.Dispose();
    }

    /// <summary>The list of models costs nothing, and proves address and key.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var silence = new SilenceLimit(_settings.Timeout, _time, cancellationToken);
        try
        {
            await _client.Models.List(cancellationToken: silence.Token);
        }
        catch (Exception failure) when (Translate(failure, silence) is { } known)
        {
            throw known;
        }
    }

    private ChatOptions Own(ChatOptions? options)
    {
        var own = options?.Clone() ?? new ChatOptions();
        own.ModelId = string.IsNullOrEmpty(own.ModelId) || own.ModelId == Default ? _settings.Model : _settings.Models.GetValueOrDefault(own.ModelId, own.ModelId);
        return own;
    }

    private async ValueTask<ChatResponseUpdate?> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, SilenceLimit silence)
    {
        try
        {
            silence.Listen();
            var more = await updates.MoveNextAsync();
            silence.Heard();
            return more ? updates.Current : null;
        }
        catch (Exception failure) when (Translate(failure, silence) is { } known)
        {
            throw known;
        }
    }

    private ProviderException? Translate(Exception failure, SilenceLimit silence) => failure switch
    {
        AnthropicSseException told => StreamFailures.FromEvent(_who, Type(told), null, null),
        AnthropicIOException { InnerException: { } inner } => StreamFailures.Translate(inner, silence, _who),
        AnthropicException => new ProviderException("provider_failed", $"What {_who} answered could not be read.", failure),
        NotSupportedException => new ProviderException("provider_rejected", failure.Message, failure),
        _ => StreamFailures.Translate(failure, silence, _who),
    };

    // {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}
    private static string? Type(AnthropicSseException failure)
    {
        try
        {
            return failure.Type?.Raw();
        }
        catch (Exception unreadable) when (unreadable is AnthropicException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>Null for what is about the protocol, and for what the model thinks before it speaks.</returns>
    private static ChatResponseUpdate? Told(ChatResponseUpdate update)
    {
        List<AIContent> contents = [.. update.Contents.Select(Told).OfType<AIContent>()];
        if (contents.Count == 0 && update.FinishReason is null)
        {
            return null;
        }

        return new ChatResponseUpdate(ChatRole.Assistant, contents)
        {
            ResponseId = update.ResponseId,
            MessageId = update.MessageId,
            ModelId = update.ModelId,
            FinishReason = update.FinishReason,
            CreatedAt = update.CreatedAt,
        };
    }

    private static AIContent? Told(AIContent content) => content switch
    {
        TextContent { Text.Length: > 0 } or UsageContent => content,
        FunctionCallContent call => new FunctionCallContent(call.CallId, call.Name, call.Arguments)
        {
            RawRepresentation = JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>()),
            Exception = call.Exception,
        },
        _ => null,
    };
}
