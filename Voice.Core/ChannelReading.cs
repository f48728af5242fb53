using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Voice.Core;

internal static class ChannelReading
{
    /// <summary>As <c>ReadAllAsync</c>, which continues on the thread pool whatever context it is called in; virtual time in tests needs the context kept.</summary>
    public static async IAsyncEnumerable<T> EachAsync<T>(this ChannelReader<T> reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await reader.WaitToReadAsync(cancellationToken))
        {
            while (reader.TryRead(out var item))
            {
                yield return item;
            }
        }
    }
}
