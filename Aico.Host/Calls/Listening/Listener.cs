using System.Threading.Channels;
using Aico.Abstractions.Audio;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// Hears the caller: voice activity first, then the transcriber. Started and stopped by the call; an error of a provider becomes a
/// signal, any other ends the call through <see cref="RunAsync"/>.
/// </summary>
internal sealed class Listener(ICallTransport transport, VoiceActivity voiceActivity, ITranscriber? transcriber, CallMailbox mailbox)
{
    // One second of 20 ms frames. When the host stalls for longer the oldest audio is dropped and counted: late words are worth
    // less than the ones spoken now.
    private const int QueuedFrames = 50;

    private readonly short[] _window = new short[voiceActivity.WindowSamples];
    private readonly VoiceGate _gate = new(AudioFormat.Speech.DurationOf(voiceActivity.WindowSamples));
    private long _dropped;
    private int _filled;
    private TimeSpan _lastEnd;

    /// <summary>Frames of the caller that were dropped because the host did not keep up.</summary>
    public long DroppedFrames => Interlocked.Read(ref _dropped);

    public async Task RunAsync(CancellationToken ct)
    {
        var queue = Channel.CreateBounded<AudioFrame>(
            new BoundedChannelOptions(QueuedFrames) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true },
            _ => Interlocked.Increment(ref _dropped));
        var reading = ReadAsync(queue.Writer, ct);
        await foreach (var frame in queue.Reader.EachAsync(ct))
        {
            if (transcriber is null)
            {
                // A typed conversation: what is heard has nobody to read it.
                continue;
            }

            await transcriber.HearAsync(frame, ct);
            await DetectAsync(transcriber, frame, ct);
        }

        await reading;
        if (_gate.IsSpeech && transcriber is not null)
        {
            // The caller left in the middle of a word: what was said is still read.
            await EndVoiceAsync(transcriber, _lastEnd, ct);
        }

        if (transport.EndsWithAudio)
        {
            await mailbox.PostAsync(new CallSignal.CallerLeft(), ct);
        }
    }

    private async Task ReadAsync(ChannelWriter<AudioFrame> queue, CancellationToken ct)
    {
        try
        {
            await foreach (var frame in transport.ReadCallerAsync(ct))
            {
                queue.TryWrite(frame);
            }

            queue.Complete();
        }
        catch (Exception e)
        {
            // Not handled here: the loop that reads the queue meets it after the frames that came before it.
            queue.Complete(e);
        }
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
            _lastEnd = frame.Offset + frame.Format.DurationOf(consumed);
            var (change, at) = _gate.Take(voiceActivity.Stream.Detect(_window), _lastEnd);
            if (change == VoiceGate.Change.Began)
            {
                transcriber.VoiceBegan(at);
                await mailbox.PostAsync(new CallSignal.VoiceBegan(at), ct);
            }
            else if (change == VoiceGate.Change.Ended)
            {
                await EndVoiceAsync(transcriber, at, ct);
            }
        }
    }

    private async ValueTask EndVoiceAsync(ITranscriber transcriber, TimeSpan end, CancellationToken ct)
    {
        // The signal goes first: the turn's clock starts while the provider still reads.
        await mailbox.PostAsync(new CallSignal.VoiceStopped(end), ct);
        await transcriber.VoiceEndedAsync(end, ct);
    }
}
