using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;

namespace Aico.Host.Cli.Bench;

/// <summary>One answer of <see cref="InstantTextToSpeech"/>.</summary>
internal sealed class InstantSpeechSession(AudioFrame speech) : IDuplexSession<string, SpeechChunk>
{
    // Full: the writer waits, as for a provider that speaks slower than the text comes.
    private readonly Channel<SpeechChunk> _chunks = Channel.CreateBounded<SpeechChunk>(8);
    private readonly StringBuilder _text = new();
    private TimeSpan _spoken;

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

        var chunk = new SpeechChunk(speech with { Offset = _spoken }, _text.ToString());
        _text.Clear();
        _spoken += speech.Duration;
        try
        {
            await _chunks.Writer.WriteAsync(chunk, ct);
        }
        catch (ChannelClosedException)
        {
            // Disposed meanwhile: what nobody reads need not be written.
        }
    }

    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        await FlushAsync(ct);
        _chunks.Writer.TryComplete();
    }

    public async IAsyncEnumerable<SpeechChunk> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await _chunks.Reader.WaitToReadAsync(ct))
        {
            while (_chunks.Reader.TryRead(out var chunk))
            {
                yield return chunk;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _chunks.Writer.TryComplete();
        while (_chunks.Reader.TryRead(out _))
        {
        }

        return ValueTask.CompletedTask;
    }
}
