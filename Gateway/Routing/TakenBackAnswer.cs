using Yarp.ReverseProxy.Transforms;

namespace Voice.Gateway.Routing;

internal static class TakenBackAnswer
{
    /// <summary>Neither the body of the answer nor a header that was copied from it goes on; another one takes its place.</summary>
    public static void TakeBack(this ResponseTransformContext transform)
    {
        transform.SuppressResponseBody = true;
        if (transform.ProxyResponse is not { } response)
        {
            return;
        }

        foreach (var header in response.Headers.NonValidated)
        {
            transform.HttpContext.Response.Headers.Remove(header.Key);
        }

        foreach (var header in response.Content.Headers.NonValidated)
        {
            transform.HttpContext.Response.Headers.Remove(header.Key);
        }
    }
}
