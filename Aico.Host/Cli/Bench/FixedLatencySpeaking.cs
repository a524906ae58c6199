using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Calls;
using Aico.Host.Cli.Talk;

namespace Aico.Host.Cli.Bench;

/// <summary>One answer of <see cref="FixedLatencyTextToSpeech"/>: each flushed text takes its time to the first audio, then comes faster than real time.</summary>
internal sealed class FixedLatencySpeaking : IDuplexSession<string, SpeechChunk>
{
    private const double ToneHertz = 310;
    private const short Loudness = 8000;
    private static readonly AudioFormat _format = new(24_000, 1);
    private static readonly TimeSpan _chunk = TimeSpan.FromMilliseconds(20);

    // Full: the writer waits, as for a provider that speaks slower than the text comes.
    private readonly Channel<(string Text, TimeSpan Flushed)> _texts = Channel.CreateBounded<(string, TimeSpan)>(32);
    private readonly CancellationTokenSource _disposed = new();
    private readonly CancellationToken _gone;
    private readonly TalkClock _clock;
    private readonly StringBuilder _text = new();
    private int _spoken;

    public FixedLatencySpeaking(TimeProvider time) => (_clock, _gone) = (new TalkClock(time), _disposed.Token);

    public ValueTask SendAsync(string item, CancellationToken ct)
    {
        _text.Append(item);
        return ValueTask.CompletedTask;
    }

    public async ValueTask FlushAsync(CancellationToken ct)
    {
        if (_text.Length == 0)
        {
            return;
        }

        var text = _text.ToString();
        _text.Clear();
        try
        {
            await _texts.Writer.WriteAsync((text, _clock.Now), ct);
        }
        catch (ChannelClosedException)
        {
            // Disposed meanwhile: what nobody reads need not be spoken.
        }
    }

    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        await FlushAsync(ct);
        _texts.Writer.TryComplete();
    }

    public async IAsyncEnumerable<SpeechChunk> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _gone);
        var done = TimeSpan.Zero;
        await foreach (var (text, flushed) in _texts.Reader.EachAsync(ct))
        {
            var first = (flushed > done ? flushed : done) + FixedLatency.FirstSpeech;
            var chunks = FixedLatency.WordsIn(text) * (int)(FixedLatency.Word / _chunk);
            for (var i = 0; i < chunks; i++)
            {
                done = first + i * _chunk / FixedLatency.SpeechPace;
                if (!await WaitAsync(done, either.Token, ct))
                {
                    yield break;
                }

                yield return new SpeechChunk(Speak(), i == 0 ? text : "");
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _texts.Writer.TryComplete();
        if (!_gone.IsCancellationRequested)
        {
            _disposed.Cancel();
            _disposed.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask<bool> WaitAsync(TimeSpan moment, CancellationToken either, CancellationToken ct)
    {
        try
        {
            await _clock.WaitUntilAsync(moment, either);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    // One tone through the whole answer, so that nothing but a fault makes a seam.
    private AudioFrame Speak()
    {
        var samples = new short[_format.SamplesIn(_chunk)];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)(Loudness * Math.Sin(2 * Math.PI * ToneHertz * (_spoken + i) / _format.SampleRate));
        }

        var frame = new AudioFrame(_format, samples, _format.DurationOf(_spoken));
        _spoken += samples.Length;
        return frame;
    }
}
