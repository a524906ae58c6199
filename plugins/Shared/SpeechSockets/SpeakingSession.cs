using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Plugins.Shared.Speech;
using Aico.Plugins.Shared.WebSockets;

namespace Aico.Plugins.Shared.SpeechSockets;

/// <summary>
/// A text-to-speech session: one context on a connection that it has for itself. It works from the start until the vendor has spoken
/// all, a fault, or disposal, which gives the context up and the connection back.
/// </summary>
internal sealed class SpeakingSession : DuplexSession<string, SpeechChunk>
{
    /// <summary>How long giving a context up may take of the 100 ms that a disposal has.</summary>
    private static readonly TimeSpan CancelWithin = TimeSpan.FromMilliseconds(50);

    private readonly SpeechLines _lines;
    private readonly SpeechLine _line;
    private readonly ISpeakingProtocol _protocol;
    private readonly string _vendor;
    private readonly TimeProvider _time;
    private readonly SpeechInbox _inbox = new(Guid.NewGuid().ToString("N"));

    // A socket speaks while it makes: no piece need be short for the sake of the first audio.
    private readonly SentencePieces _pieces = new(SentencePieces.PieceLength);
    private readonly SpokenChunks _chunks;
    private string _unsent = "";
    private bool _isBegun;
    private volatile bool _isCompletionSent;

    public SpeakingSession(SpeechLines lines, SpeechLine line, ISpeakingProtocol protocol, string vendor, TimeProvider time)
        : base(inputs: 64, outputs: 64)
    {
        (_lines, _line, _protocol, _vendor, _time) = (lines, line, protocol, vendor, time);
        _chunks = new SpokenChunks(protocol.Format);
        Start();
    }

    public override ValueTask SendAsync(string item, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Length == 0 ? ValueTask.CompletedTask : base.SendAsync(item, ct);
    }

    protected override async Task WorkAsync(CancellationToken ct)
    {
        _line.Attach(_inbox);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var sending = SendAllAsync(over.Token);
        var isWhole = false;
        try
        {
            await ReceiveAllAsync(ct);
            isWhole = true;
        }
        finally
        {
            over.Cancel();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await LeaveAsync(isWhole, isGivenUp: ct.IsCancellationRequested);
        }
    }

    private async Task SendAllAsync(CancellationToken ct)
    {
        while (await Input.WaitToReadAsync(ct))
        {
            while (Input.TryRead(out var item))
            {
                var isFlush = item.Kind == SessionItemKind.Flush;
                if (!isFlush)
                {
                    _chunks.Append(item.Value);
                    _pieces.Append(item.Value);
                }

                await SendPiecesAsync(isFlush, ct);
            }
        }

        await SendPiecesAsync(flush: true, ct);
        _isCompletionSent = true;
        if (!_isBegun)
        {
            // There is nothing to speak, and so nothing to wait for.
            _inbox.Complete();
        }
        else
        {
            await SendAsync(_protocol.Complete(_inbox.Context), ct);
        }
    }

    private async ValueTask SendPiecesAsync(bool flush, CancellationToken ct)
    {
        var isSent = false;
        while (_pieces.TryTake(flush, out var piece))
        {
            _unsent += piece;
            if (_unsent.Any(char.IsLetterOrDigit))
            {
                await _inbox.HasRoomAsync(ct);
                var isFirst = !_isBegun;
                _isBegun = true;
                await SendAsync(_protocol.Speak(_inbox.Context, _unsent, isFirst), ct);
                (_unsent, isSent) = ("", true);
            }
        }

        if (flush && isSent && _protocol.Flush(_inbox.Context) is { IsEmpty: false } message)
        {
            await _line.SendAsync(message, ct);
        }
    }

    private async ValueTask SendAsync(IEnumerable<ReadOnlyMemory<byte>> messages, CancellationToken ct)
    {
        foreach (var message in messages)
        {
            await _line.SendAsync(message, ct);
        }
    }

    private async Task ReceiveAllAsync(CancellationToken ct)
    {
        await foreach (var message in _inbox.ReadAsync(ct))
        {
            foreach (var chunk in _chunks.Take(message))
            {
                await GiveAsync(chunk, ct);
            }

            if (message.IsLast)
            {
                break;
            }
        }

        if (!_isCompletionSent)
        {
            throw new ProviderException(ProviderFailure.Unavailable, $"{_vendor} ended its speech before the text ended.");
        }

        if (_chunks.TakeRest() is { } rest)
        {
            await GiveAsync(rest, ct);
        }
    }

    private async ValueTask LeaveAsync(bool isWhole, bool isGivenUp)
    {
        _line.Detach(_inbox, isWhole || !_isBegun);
        _inbox.Dispose();
        if (!isWhole && !isGivenUp)
        {
            _line.Dispose();
            return;
        }

        if (!isWhole && _isBegun)
        {
            using var late = new CancellationTokenSource(CancelWithin, _time);
            try
            {
                await _line.SendAsync(_protocol.Cancel(_inbox.Context), late.Token);
            }
            catch (OperationCanceledException) when (late.IsCancellationRequested)
            {
                // The vendor takes nothing any more.
                _line.Dispose();
                return;
            }
        }

        _lines.Return(_line);
    }
}
