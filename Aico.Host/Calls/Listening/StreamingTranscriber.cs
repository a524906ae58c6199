using System.Diagnostics.CodeAnalysis;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Host.Providers.Fallback;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// Sends every frame to a streaming provider and joins its results into the words of the turn. Where a session fails the next provider of
/// the chain goes on, and what was heard since the last final text is sent again; between turns it goes back to the first. The reading side runs beside the listener's loop until disposal.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle; sessions that end late still look at it.")]
internal sealed class StreamingTranscriber : ITranscriber
{

    // What can be sent again after a fault; older audio is given up.
    private static readonly TimeSpan ReplayUpTo = TimeSpan.FromSeconds(15);

    // Providers' times of words are that coarse.
    private static readonly TimeSpan SettleTolerance = TimeSpan.FromMilliseconds(200);

    private readonly CallContext _call;
    private readonly TranscriberLinks _links;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly FrameCutter _cutter = new();
    private readonly Queue<AudioFrame> _unread = new();
    private readonly List<(TimeSpan At, string Text)> _finals = [];
    private (TimeSpan At, string Text) _interim = (TimeSpan.Zero, "");
    private TranscriberLink? _link;
    private Task _reading = Task.CompletedTask;
    private bool _voice;
    private TimeSpan _settledUntil;

    public StreamingTranscriber(CallContext call, ChainUse<SpeechToTextProvider> providers)
    {
        _call = call;
        _links = new TranscriberLinks(call, providers, _disposed.Token);
    }

    // The provider has the audio and says by itself when there are no words in it; there is nothing to wait for.
    public bool IsReading => false;

    public async ValueTask OpenAsync(CancellationToken ct)
    {
        var link = await _links.OpenAsync(ct);
        _link = link;
        _reading = RunAsync(link);
    }

    public async ValueTask HearAsync(AudioFrame frame, CancellationToken ct)
    {
        foreach (var piece in _cutter.Cut(frame))
        {
            if (Remember(piece) is not { } link)
            {
                continue;
            }

            if ((Volatile.Read(ref _voice) ? _links.Silence.Add(piece.Duration) : _links.Silence.Wait(piece.Duration)) is { } fault)
            {
                link.Break(fault);
            }

            await link.SendAsync(piece, ct);
        }
    }

    public void VoiceBegan(TimeSpan start) => Volatile.Write(ref _voice, true);

    public async ValueTask VoiceEndedAsync(TimeSpan end, CancellationToken ct)
    {
        TranscriberLink? link;
        lock (_lock)
        {
            _voice = false;
            link = _link;
        }

        // Providers wait for silence of their own before they finish a text; the host has heard it already.
        if (link is not null)
        {
            await link.FlushAsync(ct);
        }
    }

    public CallSignal.Words? Settle(TimeSpan until)
    {
        var link = _link;
        if (link is not null && !Volatile.Read(ref _voice) && _links.HasBetter(link))
        {
            // The caller has just been heard out: nothing is lost by the change.
            link.Leave();
        }

        lock (_lock)
        {
            ForgetUntil(link is { IsLeft: true } ? until : TimeSpan.Zero);
            _settledUntil = until;
            _finals.RemoveAll(final => IsSettled(final.At));
            if (IsSettled(_interim.At))
            {
                _interim.Text = "";
            }

            return _interim.Text.Length > 0 ? Words(_interim.At, isFinal: false)
                : _finals.Count > 0 ? Words(_finals[^1].At, isFinal: true)
                : null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed.Cancel();
        await _reading;
    }

    private async Task RunAsync(TranscriberLink first)
    {
        for (var link = first; ;)
        {
            var fault = await link.ReadAsync(TakeAsync);
            lock (_lock)
            {
                _link = null;
            }

            await link.DisposeAsync();
            if ((fault is null && !link.IsLeft) || await ReopenAsync(link, fault) is not { } next)
            {
                return;
            }

            link = next;
        }
    }

    private async Task<TranscriberLink?> ReopenAsync(TranscriberLink broken, ProviderException? fault)
    {
        try
        {
            if (await _links.ReopenAsync(broken, fault) is { } link)
            {
                await ReplayAsync(link);
                return link;
            }

            await _call.Mailbox.PostAsync(new CallSignal.ListeningFailed(IsFatal: true, _call.Now), CancellationToken.None);
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
        }

        return null;
    }

    private async ValueTask TakeAsync(TranscriptEvent transcriptEvent)
    {
        _links.Spoke(Volatile.Read(ref _link));
        CallSignal signal;
        switch (transcriptEvent)
        {
            case InterimTranscript interim:
                lock (_lock)
                {
                    _interim = (interim.At, interim.Text.Trim());
                    signal = Words(interim.At, isFinal: false);
                }

                break;
            case FinalTranscript final:
                lock (_lock)
                {
                    ForgetUntil(final.At);
                    _interim = (final.At, "");
                    var text = final.Transcript.Text.Trim();
                    if (text.Length > 0 && !IsSettled(final.At))
                    {
                        _finals.Add((final.At, text));
                    }

                    signal = Words(final.At, isFinal: true);
                }

                break;
            case EndOfTurn end:
                signal = new CallSignal.ProviderEndOfTurn(end.IsEager);
                break;
            default:
                // The host's own voice activity is there earlier and is the same for every provider.
                return;
        }

        await _call.Mailbox.PostAsync(signal, _disposed.Token);
    }

    private bool IsSettled(TimeSpan at) => _settledUntil > TimeSpan.Zero && at <= _settledUntil + SettleTolerance;

    private CallSignal.Words Words(TimeSpan at, bool isFinal)
    {
        var text = string.Join(' ', _finals.Select(final => final.Text).Append(_interim.Text).Where(part => part.Length > 0));
        return new CallSignal.Words(text, isFinal, at, _settledUntil);
    }

    private TranscriberLink? Remember(AudioFrame frame)
    {
        lock (_lock)
        {
            _unread.Enqueue(frame);
            while (_unread.TryPeek(out var oldest) && frame.End - oldest.Offset > ReplayUpTo)
            {
                _unread.Dequeue();
            }

            return _link;
        }
    }

    private void ForgetUntil(TimeSpan at)
    {
        while (_unread.TryPeek(out var oldest) && oldest.End <= at)
        {
            _unread.Dequeue();
        }
    }

    private async Task ReplayAsync(TranscriberLink link)
    {
        var sentUntil = TimeSpan.MinValue;
        var isFlushed = false;
        while (true)
        {
            AudioFrame[] missing;
            lock (_lock)
            {
                missing = [.. _unread.Where(frame => frame.Offset > sentUntil)];
                if (missing.Length == 0 && (isFlushed || _voice || sentUntil == TimeSpan.MinValue))
                {
                    // Under the lock, so that no frame falls between the replay and the live audio.
                    _link = link;
                    return;
                }
            }

            foreach (var frame in missing)
            {
                await link.SendAsync(frame, _disposed.Token);
                sentUntil = frame.Offset;
            }

            if (missing.Length == 0)
            {
                // The voice has ended while there was no session to be told.
                isFlushed = true;
                await link.FlushAsync(_disposed.Token);
            }
        }
    }
}
