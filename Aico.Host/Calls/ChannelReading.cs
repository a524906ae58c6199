using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aico.Host.Calls;

/// <summary>Reads a channel without leaving the context: ChannelReader.ReadAllAsync hops through the thread pool, past a virtual clock (ADR 0006).</summary>
internal static class ChannelReading
{
    public static async IAsyncEnumerable<T> EachAsync<T>(this ChannelReader<T> reader, [EnumeratorCancellation] CancellationToken ct)
    {
        while (await reader.WaitToReadAsync(ct))
        {
            while (reader.TryRead(out var item))
            {
                yield return item;
            }
        }
    }
}
