using System.Diagnostics.CodeAnalysis;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Host.Calls.TurnTaking;
using Aico.Host.Providers.Fallback;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// Reads utterances with the first provider of the chain that does. Each end of voice reads the whole turn so far again, since words are
/// understood better in their sentence; while the caller speaks the growing turn is read for interim words where the provider has
/// headroom. Reads run beside the listener's loop and end with a signal; disposal cancels them and waits for them.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle; reads that end late still look at it.")]
internal sealed class BatchTranscriber(CallContext call, ChainUse<SpeechToTextProvider> providers) : ITranscriber
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
    private readonly List<Task> _reads = [];
    private readonly UtteranceReader _reader = new(call, providers);
    private Reading? _reading;
    private readonly List<(TimeSpan Until, string Text)> _read = [];
    private (TimeSpan Until, string Text) _committed = (TimeSpan.Zero, "");
    private bool _voice;
    private TimeSpan _voiceStart;
    private TimeSpan _voiceEnd;
    private TimeSpan _lastInterim;
    private TimeSpan _settledUntil;

    public bool IsReading
    {
        get
        {
            lock (_lock)
            {
                return _reading is { IsInterim: false };
            }
        }
    }

    public ValueTask OpenAsync(CancellationToken ct) => ValueTask.CompletedTask;

    public ValueTask HearAsync(AudioFrame frame, CancellationToken ct)
    {
        Reading? next = null;
        lock (_lock)
        {
            _buffer.Append(frame);
            if (!_voice)
            {
                CommitWhatIsLong();
            }
            else if (_buffer.Duration >= LongestWithoutPause)
            {
                if (_reading is not { IsInterim: false })
                {
                    next = Plan(_buffer.End, isInterim: false);
                }
            }
            else if (_reading is null && _buffer.Duration >= FirstInterimAfter && frame.End - _lastInterim >= InterimEvery && _reader.HasInterimHeadroom)
            {
                _lastInterim = frame.End;
                next = Plan(_buffer.End, isInterim: true);
            }
        }

        Start(next);
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
        Reading? next;
        lock (_lock)
        {
            _voice = false;
            _voiceEnd = end;
            next = Plan(end, isInterim: false);
        }

        Start(next);
        return ValueTask.CompletedTask;
    }

    public CallSignal.Words? Settle(TimeSpan until)
    {
        Reading? replaced;
        Reading? next = null;
        lock (_lock)
        {
            _settledUntil = until;
            _committed = _committed.Until > until ? (_committed.Until, WordComparison.After(_committed.Text, ReadUntil(until))) : (until, "");
            _read.Clear();
            (replaced, _reading) = (_reading, null);
            var saidSince = _voiceEnd > until && _voiceStart >= until;
            _buffer.Settle(until, keepOn: _voice || saidSince);
            if (!_voice && saidSince)
            {
                next = Plan(_voiceEnd, isInterim: false);
            }
        }

        replaced?.Cancel();
        Start(next);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        Task[] reads;
        lock (_lock)
        {
            _disposed.Cancel();
            reads = [.. _reads];
        }

        await Task.WhenAll(reads);
    }

    /// <summary>Makes a read the current one, under the lock; <see cref="Start"/> begins it outside, since that runs the provider's code.</summary>
    private Reading? Plan(TimeSpan until, bool isInterim)
    {
        if (_disposed.IsCancellationRequested)
        {
            return null;
        }

        _reading = new Reading(_buffer.CopyUntil(until + Tail), until, isInterim, _reading, new ProviderCancellation(call, CallStage.SpeechToText, _reader.Key, _disposed.Token));
        return _reading;
    }

    private void Start(Reading? reading)
    {
        if (reading is null)
        {
            return;
        }

        reading.Replaced?.Cancel();
        var read = call.WatchAsync(ReadAsync(reading), _disposed.Token);
        lock (_lock)
        {
            _reads.RemoveAll(done => done.IsCompleted);
            _reads.Add(read);
        }
    }

    private async Task ReadAsync(Reading reading)
    {
        using var cancellation = reading.Cancellation;
        reading.Replaced = null;
        var request = new SpeechToTextRequest(AudioFormat.Speech, call.Identity) { Language = call.Settings.Language, IsInterim = reading.IsInterim };
        try
        {
            var transcript = await _reader.ReadAsync(reading.Utterance, request, reading.Token);
            if (Take(transcript.Text.Trim(), reading) is { } words)
            {
                await call.Mailbox.PostAsync(words, CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (reading.Token.IsCancellationRequested)
        {
            // A newer read, a settled turn or the end of the call has replaced it.
        }
        catch (ProviderException)
        {
            await FailAsync(reading);
        }
        finally
        {
            lock (_lock)
            {
                _reading = _reading == reading ? null : _reading;
            }
        }
    }

    private CallSignal.Words? Take(string transcript, Reading reading)
    {
        lock (_lock)
        {
            if (_reading != reading)
            {
                return null;
            }

            _reading = null;
            var text = Join(_committed.Text, transcript);
            if (!reading.IsInterim)
            {
                _read.Add((reading.Until, text));
                if (reading.Utterance.Duration > ReadAgainUpTo)
                {
                    Commit(text, reading.Until);
                }
            }

            return new CallSignal.Words(text, !reading.IsInterim, reading.Until, _settledUntil);
        }
    }

    /// <summary>Words that were kept while the agent speaks on must not hold their audio, and the silence after it, all that time.</summary>
    private void CommitWhatIsLong()
    {
        if (_reading is null && _buffer.IsKeeping && _buffer.Duration > ReadAgainUpTo && _read is [.., var last] && last.Until >= _voiceEnd)
        {
            Commit(last.Text, last.Until);
        }
    }

    private void Commit(string text, TimeSpan until)
    {
        _committed = (until, text);
        _buffer.Settle(until, keepOn: _voice);
    }

    /// <summary>The words that were read up to a time, where a turn ended there.</summary>
    private string ReadUntil(TimeSpan time) => _read.FindLast(read => read.Until <= time).Text ?? "";

    private async Task FailAsync(Reading reading)
    {
        if (!reading.IsInterim)
        {
            await call.Mailbox.PostAsync(new CallSignal.ListeningFailed(IsFatal: false, reading.Until), CancellationToken.None);
        }
    }

    private static string Join(string first, string second) =>
        first.Length == 0 ? second : second.Length == 0 ? first : $"{first} {second}";

    private sealed class Reading(AudioFrame utterance, TimeSpan until, bool isInterim, Reading? replaced, ProviderCancellation cancellation)
    {
        public AudioFrame Utterance => utterance;

        public TimeSpan Until => until;

        public bool IsInterim => isInterim;

        public ProviderCancellation Cancellation => cancellation;

        public CancellationToken Token => cancellation.Token;

        /// <summary>The read before it, until it was cancelled.</summary>
        public Reading? Replaced { get; set; } = replaced;

        public void Cancel() => cancellation.Cancel();
    }
}
