using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Runs;
using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Inference.Pipelines.Actions;

/// <summary>
/// A request to an address of the pipeline's author, which is hostile until shown otherwise. <c>Idempotency-Key</c> is the same in every attempt: the
/// worker may die between the receiver's work and our knowing of it, so a receiver that heeds the key does the thing once.
/// </summary>
internal sealed class HttpAction : IStepAction, IDisposable
{
    private const string SecretPrefix = "secret:";

    /// <summary>These frame the message or belong to the connection, or are ours.</summary>
    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "content-length", "content-type", "expect", "host", "idempotency-key", "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade",
    };

    private readonly PipelineHttpOptions _options;
    private readonly HttpMessageInvoker _http;

    public HttpAction(IOptions<PipelineOptions> options, PipelineConnector connector)
    {
        _options = options.Value.Http;
        _http = new HttpMessageInvoker(OutboundHandler.Create(connector.Connector, _options));
    }

    public StepType Type => StepTypes.Http;

    public async Task<StepResult> RunAsync(StepCall call, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Request(call);
            using var response = await _http.SendAsync(request, cancellationToken);
            var body = await ReadAsync(response, cancellationToken);
            var status = (int)response.StatusCode;
            if (!response.IsSuccessStatusCode)
            {
                throw new StepFailedException(
                    "http_status", status is >= 300 and < 400 ? $"The server answered with a redirect (status {status}), which is not followed." : $"The server answered with status {status}.",
                    status is 408 or 425 or 429 or >= 500, response.Headers.RetryAfter?.Delta);
            }

            return new StepResult(new JsonObject { ["status"] = status, ["body"] = body });
        }
        catch (Exception exception) when ((exception as OutboundRefusedException ?? exception.InnerException as OutboundRefusedException) is { } refusal)
        {
            throw new StepFailedException("http_refused", refusal.Message);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new StepFailedException("http_unreachable", "The server could not be reached, or its answer broke off.", retryable: true);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(StepCall call)
    {
        var arguments = call.Arguments;
        var method = arguments.Text("method")?.ToUpperInvariant() ?? "POST";
        if (method is not ("GET" or "POST" or "PUT" or "PATCH" or "DELETE"))
        {
            throw new StepFailedException("invalid_value", "'method' must be GET, POST, PUT, PATCH or DELETE.");
        }

        var query = string.Join('&', arguments.Map("query").Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        var text = arguments.Required("url");
        if (!Uri.TryCreate(query.Length == 0 ? text : $"{text}{(text.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}", UriKind.Absolute, out var address))
        {
            throw new StepFailedException("invalid_value", "'url' is no absolute address.");
        }

        OutboundAddress.Check(address, _options);
        var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.TryAddWithoutValidation("User-Agent", "VoiceAspire");
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/plain;q=0.8");
        if (method != "GET")
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", call.EffectKey);
        }

        if (arguments.Json("body") is { } body)
        {
            var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
            request.Content = bytes.Length <= _options.MaxRequestBytes
                ? new ByteArrayContent(bytes)
                : throw new StepFailedException("invalid_value", $"'body' has more than {_options.MaxRequestBytes} bytes.");
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = Encoding.UTF8.WebName };
        }

        foreach (var (name, value) in arguments.Map("headers"))
        {
            var sent = value.StartsWith(SecretPrefix, StringComparison.Ordinal) ? Secret(value[SecretPrefix.Length..], call.OrganizationId) : value;
            if (Ours.Contains(name) || sent.AsSpan().ContainsAnyInRange('\0', '\u001f') || !request.Headers.TryAddWithoutValidation(name, sent))
            {
                throw new OutboundRefusedException($"The header '{name}' cannot be sent.");
            }
        }

        return request;
    }

    private string Secret(string name, string organizationId) =>
        _options.Secrets.TryGetValue(organizationId, out var secrets) && secrets.TryGetValue(name, out var secret)
            ? secret
            : throw new OutboundRefusedException($"There is no secret '{name}'.");

    private async Task<JsonNode?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[_options.MaxAnswerBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > _options.MaxAnswerBytes)
        {
            throw new StepFailedException("http_answer", $"The server's answer has more than {_options.MaxAnswerBytes} bytes.");
        }

        if (length == 0 || !response.IsSuccessStatusCode)
        {
            return null;
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            return Json(buffer.AsMemory(0, length));
        }

        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            ? JsonValue.Create(Encoding.UTF8.GetString(buffer, 0, length).Replace("\0", "", StringComparison.Ordinal))
            : throw new StepFailedException("http_answer", "The server's answer is neither JSON nor text.");
    }

    private static JsonNode? Json(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var value = CheckedJson.Read(document.RootElement, "", out var problem);
            return problem is null ? value : throw new StepFailedException("http_answer", "The server's answer is JSON that cannot be kept.");
        }
        catch (JsonException)
        {
            throw new StepFailedException("http_answer", "The server's answer says that it is JSON, and is not.");
        }
    }
}
