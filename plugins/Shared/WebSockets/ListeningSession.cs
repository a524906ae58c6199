using System.Runtime.InteropServices;
using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Shared.WebSockets;

/// <summary>
/// A speech-to-text session over a socket. Sending and receiving run beside each other from the start until the server closes after
/// the last audio, the connection fails, or disposal, which aborts the connection at once.
/// </summary>
internal sealed class ListeningSession : DuplexSession<AudioFrame, TranscriptEvent>
{
    /// <summary>How long a server may take for the rest after the last audio.</summary>
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(10);

    private readonly ProviderSocket _socket;
    private readonly IListeningProtocol _protocol;
    private readonly VendorErrors _errors;
    private readonly TimeProvider _time;
    private readonly AudioClock _clock = new();
    private readonly Lock _protocolLock = new();
    private readonly SemaphoreSlim? _inFlight;
    private readonly byte[] _pending;
    private readonly AudioFormat _format;
    private int _pendingBytes;
    private int _sentSamples;
    private volatile bool _isCompletionSent;
    private volatile bool _isLate;

    public ListeningSession(ProviderSocket socket, IListeningProtocol protocol, AudioFormat format, VendorErrors errors, TimeProvider time)
        : base(inputs: 64, outputs: 256)
    {
        (_socket, _protocol, _format, _errors, _time) = (socket, protocol, format, errors, time);
        _pending = new byte[Math.Max(1, format.SamplesIn(protocol.MessageLength)) * sizeof(short)];
        _inFlight = protocol.MessagesInFlight is { } most ? new SemaphoreSlim(most, most) : null;
        Start();
    }

    protected override async Task WorkAsync(CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var sending = SendAllAsync(over.Token);
        try
        {
            await ReceiveAllAsync(ct);
        }
        finally
        {
            over.Cancel();
            _socket.Dispose();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task SendAllAsync(CancellationToken ct)
    {
        var period = _protocol.KeepAliveAfter;
        await using var timer = _time.CreateTimer(_ => KeepAlive(), null, period, period);
        if (!_protocol.Opening.IsEmpty)
        {
            await _socket.SendTextAsync(_protocol.Opening, ct);
        }

        while (await Input.WaitToReadAsync(ct))
        {
            while (Input.TryRead(out var item))
            {
                if (item.Kind != SessionItemKind.KeepAlive)
                {
                    timer.Change(period, period);
                }

                await SendAsync(item, ct);
            }
        }

        await SendPendingAsync(ct);
        _isCompletionSent = true;
        await _socket.SendTextAsync(_protocol.Completion, ct);
        await Task.Delay(DrainWithin, _time, ct);
        _isLate = true;
        _socket.Dispose();
    }

    private async ValueTask SendAsync(SessionItem<AudioFrame> item, CancellationToken ct)
    {
        switch (item.Kind)
        {
            case SessionItemKind.Input:
                _clock.Take(item.Value);
                await SendAudioAsync(item.Value.Samples, ct);
                break;
            case SessionItemKind.Flush:
                await SendPendingAsync(ct);
                var events = new List<TranscriptEvent>();
                ReadOnlyMemory<byte> message;
                lock (_protocolLock)
                {
                    message = _protocol.Flush(_clock, events);
                }

                foreach (var known in events)
                {
                    await GiveAsync(known, ct);
                }

                await SendCountedAsync(message, ct);
                break;
            case SessionItemKind.KeepAlive when !_protocol.KeepAlive.IsEmpty:
                await _socket.SendTextAsync(_protocol.KeepAlive, ct);
                break;
        }
    }

    private async ValueTask SendCountedAsync(ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        if (!message.IsEmpty)
        {
            await (_inFlight?.WaitAsync(ct) ?? Task.CompletedTask);
            await _socket.SendTextAsync(message, ct);
        }
    }

    private async ValueTask SendAudioAsync(ReadOnlyMemory<short> samples, CancellationToken ct)
    {
        for (var start = 0; start < samples.Length;)
        {
            var count = Math.Min(samples.Length - start, (_pending.Length - _pendingBytes) / sizeof(short));
            MemoryMarshal.AsBytes(samples.Span.Slice(start, count)).CopyTo(_pending.AsSpan(_pendingBytes));
            start += count;
            _pendingBytes += count * sizeof(short);
            if (_pendingBytes == _pending.Length)
            {
                await SendPendingAsync(ct);
            }
        }
    }

    private async ValueTask SendPendingAsync(CancellationToken ct)
    {
        // An empty message would end the stream at some vendors.
        if (_pendingBytes > 0)
        {
            await (_inFlight?.WaitAsync(ct) ?? Task.CompletedTask);
            _sentSamples += _pendingBytes / sizeof(short);
            lock (_protocolLock)
            {
                _protocol.Sending(_format.DurationOf(_sentSamples));
            }

            await _socket.SendBinaryAsync(_pending.AsMemory(0, _pendingBytes), ct);
            _pendingBytes = 0;
        }
    }

    private async Task ReceiveAllAsync(CancellationToken ct)
    {
        var events = new List<TranscriptEvent>();
        while (await NextAsync(ct) is { } message)
        {
            if (message.IsText)
            {
                Take(message.Data, events);
            }

            if (_inFlight is { } inFlight && inFlight.CurrentCount < _protocol.MessagesInFlight)
            {
                inFlight.Release();
            }

            await GiveAllAsync(events, ct);
        }

        if (!_isCompletionSent || _socket.CloseStatus is not (1000 or 1005))
        {
            throw _protocol.Closed(_socket.CloseStatus, _socket.CloseDescription);
        }

        lock (_protocolLock)
        {
            _protocol.End(_clock, events);
        }

        await GiveAllAsync(events, ct);
    }

    private async ValueTask<SocketMessage?> NextAsync(CancellationToken ct)
    {
        try
        {
            return await _socket.ReceiveAsync(ct);
        }
        catch (ProviderException error) when (_isLate)
        {
            throw new ProviderException(
                ProviderFailure.TimedOut, $"{_errors.Vendor} did not send its last results within {DrainWithin.TotalSeconds:0} seconds.", error);
        }
    }

    private void Take(ReadOnlyMemory<byte> data, List<TranscriptEvent> events)
    {
        try
        {
            using var document = JsonDocument.Parse(data);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw _errors.Garbage("JSON that is no object");
            }

            lock (_protocolLock)
            {
                _protocol.Take(document.RootElement, _clock, events);
            }
        }
        // What has another type than documented throws InvalidOperationException or FormatException.
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw _errors.Garbage("a message that cannot be read", error);
        }
    }

    private async ValueTask GiveAllAsync(List<TranscriptEvent> events, CancellationToken ct)
    {
        foreach (var item in events)
        {
            await GiveAsync(item, ct);
        }

        events.Clear();
    }
}
