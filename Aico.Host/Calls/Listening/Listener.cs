using System.Threading.Channels;
using Aico.Abstractions.Audio;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// Hears the caller: voice activity first, then the transcriber. Started and stopped by the call; an error of a provider becomes a
/// signal, any other ends the call through <see cref="RunAsync"/>.
/// </summary>
internal sealed class Listener
{
    // One second of 20 ms frames. When the host stalls for longer the oldest audio is dropped and counted: late words are worth
    // less than the ones spoken now.
    private const int QueuedFrames = 50;

    // A caller who mutes in the middle of a word sends nothing more, not even silence: without this the voice would never end.
    private static readonly TimeSpan StalledAfter = TimeSpan.FromMilliseconds(500);

    private readonly CallContext _call;
    private readonly ICallTransport _transport;
    private readonly VoiceActivity _voiceActivity;
    private readonly ITranscriber? _transcriber;
    private readonly Channel<AudioFrame> _queue;
    private short[] _window = [];
    private VoiceGate _gate = null!;
    private VoiceOnset _onset = null!;
    private long _dropped;
    private int _filled;
    private TimeSpan _lastEnd;
    private bool _heardSinceMark;

    public Listener(CallContext call, ICallTransport transport, VoiceActivity voiceActivity, ITranscriber? transcriber)
    {
        _call = call;
        _transport = transport;
        _voiceActivity = voiceActivity;
        _transcriber = transcriber;
        // The loop goes on within the write: another thread woken for each frame costs as much as a quarter of listening to it.
        _queue = Channel.CreateBounded<AudioFrame>(
            new BoundedChannelOptions(QueuedFrames) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, AllowSynchronousContinuations = true },
            frame => Interlocked.Add(ref _dropped, frame.Samples.IsEmpty ? 0 : 1));
        Fit();
    }

    /// <summary>Frames of the caller that were dropped because the host did not keep up.</summary>
    public long DroppedFrames => Interlocked.Read(ref _dropped);

    public async Task RunAsync(CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var marks = _call.Clock.Time.CreateTimer(_ => _queue.Writer.TryWrite(default), null, StalledAfter, StalledAfter);
        var reading = ReadAsync(stop.Token);
        try
        {
            await foreach (var frame in _queue.Reader.EachAsync(ct))
            {
                if (_transcriber is not null)
                {
                    await HearAsync(_transcriber, frame, ct);
                }

                // Without one the conversation is typed, and what is heard has nobody to read it.
            }

            if (_gate.IsSpeech && _transcriber is not null)
            {
                // The caller left in the middle of a word: what was said is still read.
                await EndVoiceAsync(_transcriber, _lastEnd, ct);
            }

            if (_transport.EndsWithAudio)
            {
                await _call.Mailbox.PostAsync(new CallSignal.CallerLeft(), ct);
            }
        }
        finally
        {
            stop.Cancel();
            await reading;
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var frame in _transport.ReadCallerAsync(ct))
            {
                _queue.Writer.TryWrite(frame);
            }

            _queue.Writer.TryComplete();
        }
        catch (Exception e)
        {
            // Not handled here: the loop that reads the queue meets it after the frames that came before it.
            _queue.Writer.TryComplete(e);
        }
    }

    private async ValueTask HearAsync(ITranscriber transcriber, AudioFrame frame, CancellationToken ct)
    {
        if (!frame.Samples.IsEmpty)
        {
            _heardSinceMark = true;
            await transcriber.HearAsync(frame, ct);
            await DetectAsync(transcriber, frame, ct);
            return;
        }

        // A mark of the timer.
        if (!_heardSinceMark && _gate.IsSpeech)
        {
            await EndVoiceAsync(transcriber, _lastEnd, ct);
            Fit();
        }

        _heardSinceMark = false;
    }

    private async ValueTask DetectAsync(ITranscriber transcriber, AudioFrame frame, CancellationToken ct)
    {
        var samples = frame.Samples;
        var consumed = 0;
        while (consumed < samples.Length)
        {
            var take = Math.Min(_window.Length - _filled, samples.Length - consumed);
            samples.Span.Slice(consumed, take).CopyTo(_window.AsSpan(_filled));
            consumed += take;
            _filled += take;
            if (_filled < _window.Length)
            {
                break;
            }

            _filled = 0;
            var end = frame.Offset + frame.Format.DurationOf(consumed);
            if (await _voiceActivity.DetectAsync(_window) is not { } probability)
            {
                await FallBackAsync(transcriber, ct);
                continue;
            }

            _lastEnd = end;
            _onset.Add(_window);
            var (change, at) = _gate.Take(probability, end);
            switch (change)
            {
                case VoiceGate.Change.Began:
                    at = _onset.Of(at, end);
                    transcriber.VoiceBegan(at);
                    await _call.Mailbox.PostAsync(new CallSignal.VoiceBegan(at), ct);
                    break;
                case VoiceGate.Change.Lasted:
                    await _call.Mailbox.PostAsync(new CallSignal.VoiceLasted(at), ct);
                    break;
                case VoiceGate.Change.Ended:
                    await EndVoiceAsync(transcriber, at, ct);
                    break;
            }
        }
    }

    private async ValueTask FallBackAsync(ITranscriber transcriber, CancellationToken ct)
    {
        if (_gate.IsSpeech)
        {
            await EndVoiceAsync(transcriber, _lastEnd, ct);
        }

        Fit();
    }

    /// <summary>Begins anew with windows of the detector's size.</summary>
    private void Fit()
    {
        _window = new short[_voiceActivity.WindowSamples];
        _gate = new VoiceGate(AudioFormat.Speech.DurationOf(_voiceActivity.WindowSamples));
        _onset = new VoiceOnset(_voiceActivity.WindowSamples);
        _filled = 0;
    }

    private async ValueTask EndVoiceAsync(ITranscriber transcriber, TimeSpan end, CancellationToken ct)
    {
        // The signal goes first: the turn's clock starts while the provider still reads.
        await _call.Mailbox.PostAsync(new CallSignal.VoiceStopped(end), ct);
        await transcriber.VoiceEndedAsync(end, ct);
    }
}
