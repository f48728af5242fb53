using System.Buffers;
using Voice.ServiceDefaults.Errors;

namespace Voice.Gateway.Security;

/// <summary>
/// Fields that RFC 9113 (8.2) calls malformed and the server lets through: those that speak of a connection in HTTP/1.1, and names that are no names. The proxy would leave
/// them out; but what we decide by (an <c>Upgrade</c> is a conversation) must not differ from what the service sees.
/// </summary>
internal sealed class MalformedHttp2(RequestDelegate next)
{
    // The server has refused upper case already.
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public Task InvokeAsync(HttpContext context) =>
        HttpProtocol.IsHttp2(context.Request.Protocol) && IsMalformed(context.Request.Headers)
            ? ApiError.WriteAsync(context, StatusCodes.Status400BadRequest, "invalid_request", "A header field is one that HTTP/2 does not have.")
            : next(context);

    private static bool IsMalformed(IHeaderDictionary headers)
    {
        if (headers.KeepAlive.Count > 0 || headers["Proxy-Connection"].Count > 0 || headers.TransferEncoding.Count > 0 || headers.Upgrade.Count > 0 || headers.Connection.Count > 0)
        {
            return true;
        }

        foreach (var (name, _) in headers)
        {
            // The server keeps the request's own among them (:path), and no others.
            if (name.AsSpan(name.StartsWith(':') ? 1 : 0).ContainsAnyExcept(Token))
            {
                return true;
            }
        }

        return false;
    }
}
