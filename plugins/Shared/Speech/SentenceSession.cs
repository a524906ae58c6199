using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;

namespace Aico.Plugins.Shared.Speech;

/// <summary>
/// The session of an engine that speaks piece by piece. Its loop starts with the session and ends after the last piece, on
/// disposal, or on an error of the engine, which ends the reading with that error.
/// </summary>
internal sealed class SentenceSession : IDuplexSession<string, SpeechChunk>
{
    /// <summary>A null asks for a flush. Full: the writer waits.</summary>
    private readonly Channel<string?> _input = Channel.CreateBounded<string?>(
        new BoundedChannelOptions(64) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Full: the engine waits, so that an answer which nobody hears costs at most a few seconds of speech.</summary>
    private readonly Channel<SpeechChunk> _output = Channel.CreateBounded<SpeechChunk>(
        new BoundedChannelOptions(64) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly ISentenceVoice _voice;
    private readonly CancellationTokenSource _stop = new();
    private readonly SentencePieces _pieces = new();
    private readonly Task _loop;
    private volatile bool _completed;
    private string _unspoken = "";
    private int _samplesSpoken;

    public SentenceSession(ISentenceVoice voice)
    {
        _voice = voice;
        _loop = SpeakAllAsync(_stop.Token);
    }

    public ValueTask SendAsync(string item, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Length == 0 ? ValueTask.CompletedTask : WriteAsync(item, ct);
    }

    public ValueTask FlushAsync(CancellationToken ct) => WriteAsync(null, ct);

    public ValueTask CompleteAsync(CancellationToken ct)
    {
        _completed = true;
        _input.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<SpeechChunk> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await _output.Reader.WaitToReadAsync(ct))
        {
            while (!_stop.IsCancellationRequested && _output.Reader.TryRead(out var chunk))
            {
                yield return chunk;
            }

            if (_stop.IsCancellationRequested)
            {
                yield break;
            }
        }

        // The loop is over by now; where the engine failed, this throws what it threw.
        await _loop;
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        // An error belongs to the reader; whoever disposes does not want to hear any more.
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async ValueTask WriteAsync(string? item, CancellationToken ct)
    {
        if (_completed)
        {
            throw new InvalidOperationException("The session was completed: no more text can be sent.");
        }

        while (await _input.Writer.WaitToWriteAsync(ct))
        {
            if (_input.Writer.TryWrite(item))
            {
                return;
            }
        }
    }

    private async Task SpeakAllAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var item in _input.Reader.ReadAllAsync(ct))
            {
                if (item is not null)
                {
                    _pieces.Append(item);
                }

                await SpeakAsync(flush: item is null, ct);
            }

            await SpeakAsync(flush: true, ct);
            if (_unspoken.Length > 0)
            {
                await WriteAsync(ReadOnlyMemory<short>.Empty, "", ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Disposed: the reader ends without an error.
        }
        finally
        {
            _input.Writer.TryComplete();
            _output.Writer.TryComplete();
        }
    }

    private async Task SpeakAsync(bool flush, CancellationToken ct)
    {
        while (_pieces.TryTake(flush, out var piece))
        {
            var given = 0;
            if (HasWords(piece))
            {
                await foreach (var audio in _voice.SpeakAsync(piece, ct))
                {
                    await WriteAsync(audio.Samples, piece.Substring(given, audio.Characters), ct);
                    given += audio.Characters;
                }
            }

            _unspoken += piece[given..];
        }
    }

    /// <summary>Text that makes no sound, such as blanks between sentences, goes out with the next chunk, so that all texts join to the input.</summary>
    private async Task WriteAsync(ReadOnlyMemory<short> samples, string text, CancellationToken ct)
    {
        var frame = new AudioFrame(_voice.Format, samples, _voice.Format.DurationOf(_samplesSpoken));
        var chunk = new SpeechChunk(frame, _unspoken + text);
        _unspoken = "";
        _samplesSpoken += samples.Length;
        await _output.Writer.WriteAsync(chunk, ct);
    }

    private static bool HasWords(string piece)
    {
        foreach (var c in piece)
        {
            if (!char.IsWhiteSpace(c) && !char.IsPunctuation(c))
            {
                return true;
            }
        }

        return false;
    }
}
