using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aico.Abstractions;

namespace Aico.Plugins.Shared.SpeechSockets;

/// <summary>What a connection received for one session. The connection writes, the session reads.</summary>
internal sealed class SpeechInbox(string context) : IDisposable
{
    /// <summary>
    /// Full: the connection waits. It should not come to that, since a connection that does not receive does not see the answers
    /// to its pings either: a session that has <see cref="Plenty"/> unread sends no more text.
    /// </summary>
    private const int Capacity = 1024;

    /// <summary>Some seconds of speech, and what is underway of the last text on top.</summary>
    private const int Plenty = 32;

    private readonly Channel<SpokenMessage> _messages = Channel.CreateBounded<SpokenMessage>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly SemaphoreSlim _taken = new(0, 1);

    public string Context { get; } = context;

    /// <summary>For its session, once it neither sends nor reads any more; the connection may still write.</summary>
    public void Dispose() => _taken.Dispose();

    /// <summary>Nothing is taken any more, and the reader ends after what is there; a fault is thrown there.</summary>
    public void Complete(ProviderException? fault = null) => _messages.Writer.TryComplete(fault);

    /// <summary>Waits while the reader is far behind; what comes after <see cref="Complete"/> is dropped.</summary>
    public async ValueTask PutAsync(SpokenMessage message)
    {
        while (await CanPutAsync() && !_messages.Writer.TryWrite(message))
        {
            // Somebody else took the room.
        }
    }

    /// <summary>Waits until the reader has read most of what is there.</summary>
    public async ValueTask HasRoomAsync(CancellationToken ct)
    {
        while (_messages.Reader.Count > Plenty)
        {
            await _taken.WaitAsync(ct);
        }
    }

    /// <exception cref="ProviderException">The connection failed.</exception>
    public async IAsyncEnumerable<SpokenMessage> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await _messages.Reader.WaitToReadAsync(ct))
        {
            while (_messages.Reader.TryRead(out var message))
            {
                if (_taken.CurrentCount == 0)
                {
                    _taken.Release();
                }

                yield return message;
            }
        }
    }

    private async ValueTask<bool> CanPutAsync()
    {
        try
        {
            return await _messages.Writer.WaitToWriteAsync();
        }
        catch (ProviderException)
        {
            // Its own fault, which the reader is told.
            return false;
        }
    }
}
