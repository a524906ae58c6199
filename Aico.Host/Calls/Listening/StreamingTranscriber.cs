using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// Sends every frame to a streaming provider and joins its results into the words of the turn. A session that fails is opened again,
/// and what was heard since its last final text is sent again. The reading side runs beside the listener's loop until disposal.
/// </summary>
internal sealed class StreamingTranscriber(CallContext call, ISpeechToText provider) : ITranscriber
{
    private const int MaximumFailuresInARow = 3;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    // What can be sent again after a fault; older audio is given up.
    private static readonly TimeSpan ReplayUpTo = TimeSpan.FromSeconds(15);

    // Providers' times of words are that coarse.
    private static readonly TimeSpan SettleTolerance = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Queue<AudioFrame> _unread = new();
    private readonly List<(TimeSpan At, string Text)> _finals = [];
    private IDuplexSession<AudioFrame, TranscriptEvent>? _session;
    private Task _reading = Task.CompletedTask;
    private string _interim = "";
    private int _failures;
    private TimeSpan _settledUntil = TimeSpan.MinValue;

    public async ValueTask OpenAsync(CancellationToken ct)
    {
        _session = await provider.OpenAsync(Request(), ct);
        _reading = ReadAsync(_session);
    }

    public async ValueTask HearAsync(AudioFrame frame, CancellationToken ct)
    {
        if (Remember(frame) is { } session)
        {
            await session.SendAsync(frame, ct);
        }
    }

    public void VoiceBegan(TimeSpan start)
    {
    }

    public async ValueTask VoiceEndedAsync(TimeSpan end, CancellationToken ct)
    {
        // Providers wait for silence of their own before they finish a text; the host has heard it already.
        if (_session is { } session)
        {
            await session.FlushAsync(ct);
        }
    }

    public void Settle(TimeSpan until)
    {
        lock (_lock)
        {
            _settledUntil = until + SettleTolerance;
            _finals.RemoveAll(final => final.At <= _settledUntil);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed.Cancel();
        if (_session is { } session)
        {
            await session.DisposeAsync();
        }

        await _reading;
    }

    private SpeechToTextRequest Request() =>
        new(AudioFormat.Speech, call.Identity) { Language = call.Settings.Language };

    private async Task ReadAsync(IDuplexSession<AudioFrame, TranscriptEvent> session)
    {
        var ct = _disposed.Token;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await foreach (var transcriptEvent in session.ReadAsync(ct))
                {
                    _failures = 0;
                    await TakeAsync(transcriptEvent, ct);
                }

                return;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (ProviderFault.Is(e, ct, out var fault))
            {
                if (await ReopenAsync(session, fault, ct) is not { } next)
                {
                    return;
                }

                session = next;
            }
        }
    }

    private async Task TakeAsync(TranscriptEvent transcriptEvent, CancellationToken ct)
    {
        switch (transcriptEvent)
        {
            case InterimTranscript interim:
                await PostAsync(interim.At, isFinal: false, () => _interim = interim.Text, ct);
                break;
            case FinalTranscript final:
                ForgetUntil(final.At);
                await PostAsync(
                    final.At,
                    isFinal: true,
                    () =>
                    {
                        _interim = "";
                        if (final.Transcript.Text.Length > 0 && final.At > _settledUntil)
                        {
                            _finals.Add((final.At, final.Transcript.Text));
                        }
                    },
                    ct);
                break;
            case EndOfTurn end:
                await call.Mailbox.PostAsync(new CallSignal.ProviderEndOfTurn(end.IsEager), ct);
                break;
            case SpeechStarted or SpeechEnded:
                // The host's own voice activity is there earlier and is the same for every provider.
                break;
        }
    }

    private ValueTask PostAsync(TimeSpan at, bool isFinal, Action change, CancellationToken ct)
    {
        string text;
        lock (_lock)
        {
            change();
            text = string.Join(' ', _finals.Select(final => final.Text).Append(_interim).Where(part => part.Length > 0));
        }

        return call.Mailbox.PostAsync(new CallSignal.Words(text, isFinal, at), ct);
    }

    private async Task<IDuplexSession<AudioFrame, TranscriptEvent>?> ReopenAsync(
        IDuplexSession<AudioFrame, TranscriptEvent> failed, ProviderException error, CancellationToken ct)
    {
        _session = null;
        await failed.DisposeAsync();
        while (true)
        {
            await call.ReportAsync(call.Failure(CallStage.SpeechToText, error));
            if (++_failures >= MaximumFailuresInARow || !error.IsTransient)
            {
                await call.Mailbox.PostAsync(new CallSignal.ListeningFailed(error.Message, IsFatal: true), CancellationToken.None);
                return null;
            }

            try
            {
                await Task.Delay(RetryPause * (_failures - 1), call.Clock.Time, ct);
                var session = await provider.OpenAsync(Request(), ct);
                await ReplayAsync(session, ct);
                return session;
            }
            catch (Exception e) when (ProviderFault.Is(e, ct, out var fault))
            {
                error = fault;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    private IDuplexSession<AudioFrame, TranscriptEvent>? Remember(AudioFrame frame)
    {
        lock (_lock)
        {
            _unread.Enqueue(frame);
            while (_unread.TryPeek(out var oldest) && frame.End - oldest.Offset > ReplayUpTo)
            {
                _unread.Dequeue();
            }

            return _session;
        }
    }

    private void ForgetUntil(TimeSpan at)
    {
        lock (_lock)
        {
            while (_unread.TryPeek(out var oldest) && oldest.End <= at)
            {
                _unread.Dequeue();
            }
        }
    }

    private async Task ReplayAsync(IDuplexSession<AudioFrame, TranscriptEvent> session, CancellationToken ct)
    {
        var sentUntil = TimeSpan.MinValue;
        while (true)
        {
            AudioFrame[] missing;
            lock (_lock)
            {
                missing = [.. _unread.Where(frame => frame.Offset > sentUntil)];
                if (missing.Length == 0)
                {
                    // Under the lock, so that no frame falls between the replay and the live audio.
                    _session = session;
                    return;
                }
            }

            foreach (var frame in missing)
            {
                await session.SendAsync(frame, ct);
                sentUntil = frame.Offset;
            }
        }
    }
}
