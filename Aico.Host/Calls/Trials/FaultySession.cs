using System.Runtime.CompilerServices;
using Aico.Abstractions.Sessions;

namespace Aico.Host.Calls.Trials;

/// <summary>A session that suffers a fault.</summary>
internal sealed class FaultySession<TIn, TOut>(IDuplexSession<TIn, TOut> inner, InjectedFault fault, TimeProvider time) : IDuplexSession<TIn, TOut>
{
    public ValueTask SendAsync(TIn item, CancellationToken ct) => inner.SendAsync(item, ct);

    public ValueTask FlushAsync(CancellationToken ct) => inner.FlushAsync(ct);

    public ValueTask CompleteAsync(CancellationToken ct) => inner.CompleteAsync(ct);

    public async IAsyncEnumerable<TOut> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var isFirst = true;
        await foreach (var result in inner.ReadAsync(ct))
        {
            if (isFirst)
            {
                await fault.MeetFirstResultAsync(time, ct);
            }

            yield return result;
            if (isFirst)
            {
                fault.MeetSecondResult();
            }

            isFirst = false;
        }
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
