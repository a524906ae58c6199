using System.Threading.Channels;

namespace Aico.Host.Calls;

/// <summary>A flag that one waiter awaits and anyone sets. Set twice before a wait counts once; it allocates nothing in steady state.</summary>
internal sealed class AsyncSignal
{
    // A full channel means that the flag is set already, so dropping the write loses nothing.
    private readonly Channel<bool> _flag = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Set() => _flag.Writer.TryWrite(true);

    public async ValueTask WaitAsync(CancellationToken ct) => await _flag.Reader.ReadAsync(ct);
}
