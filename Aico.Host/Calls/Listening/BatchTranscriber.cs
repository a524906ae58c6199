using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// Reads utterances with a provider that takes them whole. Each end of voice reads the whole turn so far again, since words are
/// understood better in their sentence; while the caller speaks the growing turn is read for interim words where the provider has
/// headroom. Reads run beside the listener's loop and end with a signal; disposal cancels them.
/// </summary>
internal sealed class BatchTranscriber(CallContext call, IBatchSpeechToText provider) : ITranscriber
{
    // Beyond this a turn is not read again from its start: reading costs about 25 ms a second of audio on one core.
    private static readonly TimeSpan ReadAgainUpTo = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestWithoutPause = TimeSpan.FromSeconds(28);
    private static readonly TimeSpan InterimEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstInterimAfter = TimeSpan.FromSeconds(1);

    // Soft endings go on below the threshold of voice activity.
    private static readonly TimeSpan Tail = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly UtteranceBuffer _buffer = new(AudioFormat.Speech);
    private readonly CancellationTokenSource _disposed = new();
    private CancellationTokenSource? _reading;
    private string _committed = "";
    private bool _voice;
    private TimeSpan _voiceStart;
    private TimeSpan _voiceEnd;
    private TimeSpan _lastInterim;
    private long _epoch;

    public ValueTask OpenAsync(CancellationToken ct) => ValueTask.CompletedTask;

    public ValueTask HearAsync(AudioFrame frame, CancellationToken ct)
    {
        lock (_lock)
        {
            _buffer.Append(frame);
            if (!_voice)
            {
                return ValueTask.CompletedTask;
            }

            if (_buffer.Duration >= LongestWithoutPause)
            {
                StartReading(_buffer.End, isInterim: false);
            }
            else if (_reading is null && _buffer.Duration >= FirstInterimAfter && frame.End - _lastInterim >= InterimEvery && provider.HasInterimHeadroom)
            {
                _lastInterim = frame.End;
                StartReading(_buffer.End, isInterim: true);
            }
        }

        return ValueTask.CompletedTask;
    }

    public void VoiceBegan(TimeSpan start)
    {
        lock (_lock)
        {
            _voice = true;
            _voiceStart = start;
            _lastInterim = start;
            _buffer.Keep();
        }
    }

    public ValueTask VoiceEndedAsync(TimeSpan end, CancellationToken ct)
    {
        lock (_lock)
        {
            _voice = false;
            _voiceEnd = end;
            StartReading(end, isInterim: false);
        }

        return ValueTask.CompletedTask;
    }

    public void Settle(TimeSpan until)
    {
        lock (_lock)
        {
            _epoch++;
            _committed = "";
            _reading?.Cancel();
            _reading = null;
            var saidSince = _voiceEnd > until && _voiceStart >= until;
            _buffer.Settle(until, keepOn: _voice || saidSince);
            if (!_voice && saidSince)
            {
                StartReading(_voiceEnd, isInterim: false);
            }
        }
    }

    public async ValueTask DisposeAsync() => _disposed.Cancel();

    private void StartReading(TimeSpan until, bool isInterim)
    {
        _reading?.Cancel();
        var reading = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        _reading = reading;
        _ = ReadAsync(_buffer.CopyUntil(until + Tail), until, isInterim, _epoch, reading);
    }

    private async Task ReadAsync(AudioFrame utterance, TimeSpan until, bool isInterim, long epoch, CancellationTokenSource reading)
    {
        var request = new SpeechToTextRequest(AudioFormat.Speech, call.Identity) { Language = call.Settings.Language, IsInterim = isInterim };
        try
        {
            var transcript = await TranscribeAsync(utterance, request, reading.Token);
            string text;
            lock (_lock)
            {
                if (epoch != _epoch)
                {
                    return;
                }

                text = Join(_committed, transcript.Text);
                if (!isInterim && utterance.Duration > ReadAgainUpTo)
                {
                    _committed = text;
                    _buffer.Settle(until, keepOn: true);
                }
            }

            await call.Mailbox.PostAsync(new CallSignal.Words(text, !isInterim, until), reading.Token);
        }
        catch (OperationCanceledException) when (reading.IsCancellationRequested)
        {
            // A newer read, a settled turn or the end of the call has replaced it.
        }
        catch (Exception e) when (ProviderFault.Is(e, reading.Token, out var fault))
        {
            await ReportAsync(fault, isInterim);
        }
        finally
        {
            lock (_lock)
            {
                if (_reading == reading)
                {
                    _reading = null;
                }
            }

            reading.Dispose();
        }
    }

    private async ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
    {
        try
        {
            return await provider.TranscribeAsync(utterance, request, ct);
        }
        catch (ProviderException e) when (e.IsTransient && !request.IsInterim)
        {
            // Once more and at once: the caller waits, and the audio is still here.
            return await provider.TranscribeAsync(utterance, request, ct);
        }
    }

    private async Task ReportAsync(ProviderException e, bool isInterim)
    {
        if (isInterim)
        {
            // The final read will say whether anything is wrong.
            return;
        }

        await call.ReportAsync(call.Failure(CallStage.SpeechToText, e));
        await call.Mailbox.PostAsync(new CallSignal.ListeningFailed(e.Message, IsFatal: false), CancellationToken.None);
    }

    private static string Join(string first, string second) =>
        first.Length == 0 ? second : second.Length == 0 ? first : $"{first} {second}";
}
