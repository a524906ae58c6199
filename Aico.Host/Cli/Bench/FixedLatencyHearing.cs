using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;
using Aico.Host.Calls;
using Aico.Host.Cli.Bench.Rooms;

namespace Aico.Host.Cli.Bench;

/// <summary>A call of <see cref="FixedLatencySpeechToText"/>. The audio is its clock: it comes in real time, silence included.</summary>
internal sealed class FixedLatencyHearing : IDuplexSession<AudioFrame, TranscriptEvent>
{
    private static readonly TimeSpan _block = TimeSpan.FromMilliseconds(VoiceLevel.BlockMs);
    private static readonly Transcript _words = new("What time is it?") { Language = "en" };

    // Full: the writer waits; there is one text for each utterance.
    private readonly Channel<TranscriptEvent> _events = Channel.CreateBounded<TranscriptEvent>(8);
    private TimeSpan? _endOfSpeech;

    public async ValueTask SendAsync(AudioFrame item, CancellationToken ct)
    {
        var size = item.Format.SamplesIn(_block);
        for (var at = 0; at + size <= item.Samples.Length; at += size)
        {
            var end = item.Offset + item.Format.DurationOf(at + size);
            if (VoiceLevel.IsAbove(VoiceLevel.SoundDb, item.Samples.Span.Slice(at, size)))
            {
                _endOfSpeech = end;
            }
            else if (end - _endOfSpeech >= FixedLatency.FinalText)
            {
                _endOfSpeech = null;
                await WriteAsync(new FinalTranscript(end, _words), ct);
            }
        }
    }

    // A fixed latency: neither the host's opinion nor anything else makes it answer earlier.
    public ValueTask FlushAsync(CancellationToken ct) => ValueTask.CompletedTask;

    public ValueTask CompleteAsync(CancellationToken ct)
    {
        _events.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<TranscriptEvent> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var transcriptEvent in _events.Reader.EachAsync(ct))
        {
            yield return transcriptEvent;
        }
    }

    public ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private async ValueTask WriteAsync(TranscriptEvent transcriptEvent, CancellationToken ct)
    {
        try
        {
            await _events.Writer.WriteAsync(transcriptEvent, ct);
        }
        catch (ChannelClosedException)
        {
            // Disposed meanwhile: what nobody reads need not be written.
        }
    }
}
