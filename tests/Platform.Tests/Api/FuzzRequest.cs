using System.Text;

namespace Platform.Tests.Api;

/// <summary>One hostile request, made of an operation of the document and a seed: the same seed makes the same request.</summary>
internal sealed class FuzzRequest
{
    /// <summary>What somebody reads on the way: limits, logs, caches, proxies, links.</summary>
    private static readonly string[] Headings =
    [
        "X-Request-Id", "Traceparent", "Tracestate", "Baggage", "Accept-Language", "Accept-Encoding", "User-Agent", "Range", "If-Range", "If-Modified-Since", "If-None-Match", "If-Match", "Idempotency-Key",
        "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Original-URL", "X-Http-Method-Override", "Prefer", "Cache-Control", "Referer", "Cookie2", "Last-Event-ID", "OpenAI-Beta",
    ];

    private readonly Random _random;
    private readonly ApiOperation _operation;

    public FuzzRequest(ApiOperation operation, int seed)
    {
        (_operation, Seed) = (operation, seed);
        _random = new Random(seed);
        Target = MakePath() + MakeQuery();
        (ContentType, Body) = MakeBody();
        Headers = MakeHeaders();
    }

    public int Seed { get; }

    public string Target { get; }

    public string? ContentType { get; }

    public byte[]? Body { get; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; }

    public HttpRequestMessage Build(Uri url)
    {
        // As it is: dots, escapes and all.
        var target = new Uri(url.GetLeftPart(UriPartial.Authority) + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(_operation.Method), target);
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            if (ContentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            }
        }

        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    public override string ToString()
    {
        var body = Body is null ? "" : $" {ContentType}: {Encoding.UTF8.GetString(Body, 0, Math.Min(Body.Length, 300))}";
        return $"{_operation.Method} {(Target.Length > 300 ? Target[..300] : Target)} (seed {Seed}){body}";
    }

    private bool OneIn(int many) => _random.Next(many) == 0;

    private string MakePath() => System.Text.RegularExpressions.Regex.Replace(_operation.Path, @"\{(\w+)\}", _ => _random.Next(8) switch
    {
        0 => "x",
        1 => "%ff%fe",
        2 => "%C3%28",
        3 => "..%2f..%2fhealth",
        4 => new string('a', 3_000),
        _ => Escape(Hostile.Text(_random)) is { Length: > 0 } text ? text : "%20",
    });

    private string MakeQuery()
    {
        List<string> parts = [];
        foreach (var name in _operation.Parameters.Where(parameter => parameter["in"]!.GetValue<string>() == "query").Select(parameter => parameter["name"]!.GetValue<string>()))
        {
            for (var times = _random.Next(5) switch { 0 => 0, 1 => 2, _ => 1 }; times > 0; times--)
            {
                parts.Add($"{name}={Value()}");
            }
        }

        if (OneIn(4))
        {
            parts.Add($"{Escape(Hostile.Text(_random))}={Value()}");
        }

        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);

        string Value() => _random.Next(5) switch { 0 => "%ff", 1 => $"{_random.NextInt64(long.MinValue, long.MaxValue)}", 2 => "%00", _ => Escape(Hostile.Text(_random)) };
    }

    private List<(string, string)> MakeHeaders()
    {
        List<(string, string)> headers = [];
        foreach (var name in _operation.Parameters.Where(parameter => parameter["in"]!.GetValue<string>() == "header").Select(parameter => parameter["name"]!.GetValue<string>()))
        {
            if (!OneIn(4))
            {
                headers.Add((name, OneIn(3) ? "\"1\"" : OneIn(2) ? $"k{_random.Next(5)}" : Visible(Hostile.Text(_random))));
            }
        }

        if (OneIn(5))
        {
            headers.Add(("Accept", OneIn(2) ? "text/html" : "image/x-nothing;q=;;"));
        }

        if (OneIn(3))
        {
            headers.Add((Headings[_random.Next(Headings.Length)], Visible(Hostile.Text(_random))));
        }

        return headers;
    }

    private (string? Type, byte[]? Body) MakeBody()
    {
        if (_operation.Body is not { } described)
        {
            return OneIn(10) ? ("application/json", Hostile.Body(_random, "{}")) : (null, null);
        }

        if (described.Type == "multipart/form-data")
        {
            return MakeForm();
        }

        var good = described.Media["example"]!.ToJsonString();
        var body = OneIn(3) ? Hostile.Body(_random, good) : Encoding.UTF8.GetBytes(Mutation.Of(_random, described.Media["example"]!.DeepClone()));
        var type = _random.Next(12) switch
        {
            0 => "text/plain",
            1 => "application/x-www-form-urlencoded",
            2 => "multipart/form-data; boundary=x",
            3 => "application/json; charset=utf-16",
            4 => null,
            5 => "application/json;;;",
            _ => "application/json",
        };
        return (type, body);
    }

    private (string? Type, byte[]? Body) MakeForm()
    {
        var text = new StringBuilder();
        for (var parts = _random.Next(4); parts >= 0; parts--)
        {
            var name = OneIn(3) ? Visible(Hostile.Text(_random)) : _random.Next(4) switch { 0 => "file", 1 => "language", 2 => "response_format", _ => "timestamp_granularities[]" };
            var file = OneIn(2) ? $"; filename=\"{Visible(Hostile.Text(_random))}\"" : "";
            text.Append($"--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{(OneIn(3) ? "RIFF\u0010\0\0\0WAVEfmt " : Hostile.Text(_random))}\r\n");
        }

        var body = Encoding.UTF8.GetBytes(text + (OneIn(3) ? "--x" : "--x--\r\n"));
        return (_random.Next(6) switch { 0 => "multipart/form-data", 1 => "multipart/form-data; boundary=\"\"", 2 => "application/json", _ => "multipart/form-data; boundary=x" }, OneIn(8) ? body[..(body.Length / 2)] : body);
    }

    private static string Escape(string text) => string.Concat(Encoding.UTF8.GetBytes(text.Length > 2_000 ? text[..2_000] : text).Select(b => char.IsAsciiLetterOrDigit((char)b) ? $"{(char)b}" : $"%{b:X2}"));

    private static string Visible(string text) => string.Concat(text.Where(c => c is >= ' ' and < '\x7f').Take(300));
}
