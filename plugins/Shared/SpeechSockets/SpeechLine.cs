using System.Text.Json;
using Aico.Abstractions;
using Aico.Plugins.Shared.Vendors;
using Aico.Plugins.Shared.WebSockets;

namespace Aico.Plugins.Shared.SpeechSockets;

/// <summary>
/// A connection that speaks for one session after the other. Its loop receives from the beginning, also while nobody speaks, until
/// the vendor closes, the connection fails, or disposal; an error goes to the session that uses it then, or to nobody.
/// </summary>
internal sealed class SpeechLine : IDisposable
{
    /// <summary>Contexts that a vendor has not ended yet; ElevenLabs takes five on a socket.</summary>
    private const int MostAbandoned = 3;

    private readonly ProviderSocket _socket;
    private readonly ISpeakingProtocol _protocol;
    private readonly VendorErrors _errors;
    private readonly CancellationTokenSource _over = new();
    private readonly HashSet<string> _abandoned = [];
    private readonly Lock _lock = new();
    private SpeechInbox? _user;
    private ProviderException? _end;

    public SpeechLine(ProviderSocket socket, Uri url, ISpeakingProtocol protocol, VendorErrors errors)
    {
        (_socket, Url, _protocol, _errors) = (socket, url, protocol, errors);
        _ = ReceiveAllAsync(_over.Token);
    }

    public Uri Url { get; }

    /// <summary>When it was given back, on the clock of its pool.</summary>
    public long IdleSince { get; set; }

    public bool IsUsable
    {
        get
        {
            lock (_lock)
            {
                return _end is null && _socket.IsOpen && _abandoned.Count <= MostAbandoned;
            }
        }
    }

    /// <summary>What comes for the context goes to the inbox from now on.</summary>
    public void Attach(SpeechInbox inbox)
    {
        lock (_lock)
        {
            _user = inbox;
            if (_end is { } end)
            {
                inbox.Complete(end);
            }
        }
    }

    /// <summary>The inbox gets nothing more.</summary>
    /// <param name="inbox">The one that was attached.</param>
    /// <param name="isEnded">False where the vendor may go on speaking; that is not listened to.</param>
    public void Detach(SpeechInbox inbox, bool isEnded)
    {
        lock (_lock)
        {
            _user = null;
            if (!isEnded)
            {
                _abandoned.Add(inbox.Context);
            }
        }

        inbox.Complete();
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken ct) => _socket.SendTextAsync(message, ct);

    public void Dispose()
    {
        _over.Cancel();
        _socket.Dispose();
    }

    private async Task ReceiveAllAsync(CancellationToken ct)
    {
        ProviderException? end = null;
        try
        {
            while (await _socket.ReceiveAsync(ct) is { } message)
            {
                if (message.IsText && Read(message.Data) is { } spoken)
                {
                    await PassAsync(spoken);
                }
            }

            end = _protocol.Closed(_socket.CloseStatus, _socket.CloseDescription);
        }
        catch (ProviderException fault)
        {
            end = fault;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            end = new ProviderException(ProviderFailure.Unavailable, $"The connection to {_errors.Vendor} was given up.");
        }

        lock (_lock)
        {
            _end = end;
            _user?.Complete(end);
        }

        _socket.Dispose();
    }

    private async ValueTask PassAsync(SpokenMessage spoken)
    {
        SpeechInbox? user;
        lock (_lock)
        {
            user = _user is { } current && (spoken.Context is null || spoken.Context == current.Context) ? current : null;
            if (user is null && spoken.Context is { } context && (spoken.IsLast || spoken.Fault is not null))
            {
                _abandoned.Remove(context);
            }
        }

        if (user is not null && spoken.Fault is { } fault)
        {
            user.Complete(fault);
        }
        else if (user is not null)
        {
            await user.PutAsync(spoken);
        }
    }

    private SpokenMessage? Read(ReadOnlyMemory<byte> data)
    {
        try
        {
            using var document = JsonDocument.Parse(data);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? _protocol.Read(document.RootElement)
                : throw _errors.Garbage("JSON that is no object");
        }
        // What has another type than documented throws InvalidOperationException or FormatException.
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw _errors.Garbage("a message that cannot be read", error);
        }
    }
}
