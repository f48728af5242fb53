using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Voice.Api.Agents;
using Voice.Core.Tools;
using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Api.Tools;

/// <summary>
/// Calls agents' HTTP tools. What they are pointed at is hostile until shown otherwise: see <see cref="ToolAddress"/>,
/// <see cref="OutboundConnector"/> and <see cref="ToolAnswer"/>. Thread-safe.
/// </summary>
internal sealed partial class HttpToolClient : IDisposable
{
    private const int MaxRequestBytes = 64 * 1024;

    private readonly HttpToolOptions _options;
    private readonly HttpToolMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<HttpToolClient> _logger;
    private readonly HttpMessageInvoker _http;

    // One small object per organization that ever called a tool; there are not many organizations.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _places = new();

    public HttpToolClient(IOptions<HttpToolOptions> options, OutboundConnector connector, HttpToolMetrics metrics, TimeProvider time, ILogger<HttpToolClient> logger)
    {
        (_options, _metrics, _time, _logger) = (options.Value, metrics, time, logger);
        _http = new HttpMessageInvoker(OutboundHandler.Create(connector, _options));
    }

    public async Task<ToolResult> CallAsync(string organizationId, AgentTool tool, ToolCall call, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        using var activity = HttpToolMetrics.Activities.StartActivity("tool.call");
        activity?.SetTag("gen_ai.tool.name", tool.Name).SetTag("gen_ai.tool.call.id", call.Id);
        var timeout = TimeSpan.FromMilliseconds(Math.Clamp(tool.TimeoutMs, 1, (long)_options.LongestCall.TotalMilliseconds));
        using var late = new CancellationTokenSource(timeout, _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        var outcome = "cancelled";
        try
        {
            (outcome, var result) = await DoCallAsync(organizationId, tool, call, ending.Token);
            return result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            outcome = "timeout";
            return new ToolResult($"The tool did not answer within {timeout.TotalSeconds:0.#} seconds.", Failed: true);
        }
        finally
        {
            activity?.SetTag("outcome", outcome);
            _metrics.Called(outcome, _time.GetElapsedTime(started));
            Log.Called(_logger, tool.Name, outcome, _time.GetElapsedTime(started).TotalMilliseconds);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(string Outcome, ToolResult Result)> DoCallAsync(string organizationId, AgentTool tool, ToolCall call, CancellationToken cancellationToken)
    {
        var places = _places.GetOrAdd(organizationId, static (_, count) => new SemaphoreSlim(count, count), _options.Concurrency);
        await places.WaitAsync(cancellationToken);
        try
        {
            using var request = Request(organizationId, tool, call);
            using var response = await _http.SendAsync(request, cancellationToken);
            var result = await ToolAnswer.ReadAsync(response, _options.MaxAnswerBytes, cancellationToken);
            return (result.Failed ? "failed" : "ok", result);
        }
        catch (Exception exception) when ((exception as OutboundRefusedException ?? exception.InnerException as OutboundRefusedException) is { } refusal)
        {
            Log.Refused(_logger, organizationId, tool.Name, refusal.Message);
            return ("refused", new ToolResult($"The tool cannot be called. {refusal.Message}", Failed: true));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return ("unreachable", new ToolResult("The tool could not be reached, or its answer broke off.", Failed: true));
        }
        finally
        {
            places.Release();
        }
    }

    private HttpRequestMessage Request(string organizationId, AgentTool tool, ToolCall call)
    {
        var method = tool.Method.ToUpperInvariant();
        if (method is not ("GET" or "POST" or "PUT" or "PATCH" or "DELETE"))
        {
            throw new OutboundRefusedException($"The method '{tool.Method}' is not allowed.");
        }

        var arguments = call.Arguments.ValueKind == JsonValueKind.Object ? call.Arguments.EnumerateObject().ToDictionary(p => p.Name, p => p.Value) : [];
        var address = ToolAddress.Fill(tool.Url, arguments, _options);
        var hasBody = method is "POST" or "PUT" or "PATCH";
        var request = new HttpRequestMessage(new HttpMethod(method), hasBody ? address : ToolAddress.WithQuery(address, arguments, _options));
        request.Headers.TryAddWithoutValidation("User-Agent", "VoiceAspire");
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/plain;q=0.8");
        if (method is not "GET")
        {
            // The same for a call that is made again.
            request.Headers.TryAddWithoutValidation("Idempotency-Key", call.Id);
        }

        if (hasBody)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(arguments, HttpToolJson.Default.DictionaryStringJsonElement);
            request.Content = body.Length <= MaxRequestBytes ? new ByteArrayContent(body) : throw new OutboundRefusedException("The arguments are too long.");
            request.Content.Headers.ContentType = new("application/json") { CharSet = Encoding.UTF8.WebName };
        }

        ToolHeaders.Add(request, tool.Headers, organizationId, _options);
        return request;
    }
}
