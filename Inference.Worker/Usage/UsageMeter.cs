using System.Globalization;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Usage;

/// <summary>What a request that came through the gateway has used, collected while it is answered.</summary>
internal sealed class UsageMeter(long reserved)
{
    private readonly Dictionary<string, decimal> _used = [];

    public long Reserved => reserved;

    public IReadOnlyDictionary<string, decimal> Used => _used;

    /// <summary>Null where the request is part of something that is counted already, such as a conversation.</summary>
    public static UsageMeter? Of(HttpContext context) => context.Features.Get<UsageMeter>();

    public static UsageMeter? From(HttpRequest request) =>
        long.TryParse(request.Headers[MeteredRequest.ReservedHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var reserved) ? new UsageMeter(reserved) : null;

    public void Add(string kind, decimal quantity) => _used[kind] = _used.GetValueOrDefault(kind) + quantity;
}
