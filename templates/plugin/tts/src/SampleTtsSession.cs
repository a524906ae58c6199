using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;

namespace SampleTts;

/// <summary>
/// One answer of the agent. Its loop starts with the session and ends after the last text, on disposal, or on an error, which ends the
/// reading with that error.
/// </summary>
internal sealed class SampleTtsSession : IDuplexSession<string, SpeechChunk>
{
    private const int BlockBytes = 4096;

    private static readonly AudioFormat _format = new(SampleTtsTextToSpeech.SampleRate, 1);

    /// <summary>A null asks for a flush. Full: the writer waits.</summary>
    private readonly Channel<string?> _texts = Channel.CreateBounded<string?>(
        new BoundedChannelOptions(64) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Full: the loop waits, so that an answer which nobody hears costs a few seconds of speech at most.</summary>
    private readonly Channel<SpeechChunk> _speech = Channel.CreateBounded<SpeechChunk>(
        new BoundedChannelOptions(64) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Func<string, CancellationToken, Task<HttpResponseMessage>> _ask;
    private readonly CancellationTokenSource _stop = new();
    private readonly StringBuilder _pending = new();
    private readonly Task _loop;
    private volatile bool _completed;
    private string _unspoken = "";
    private int _samplesSpoken;

    /// <param name="ask">Asks for the speech of a text.</param>
    public SampleTtsSession(Func<string, CancellationToken, Task<HttpResponseMessage>> ask)
    {
        _ask = ask;
        _loop = RunAsync(_stop.Token);
    }

    public ValueTask SendAsync(string item, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(item);
        return WriteAsync(item, ct);
    }

    public ValueTask FlushAsync(CancellationToken ct) => WriteAsync(null, ct);

    public ValueTask CompleteAsync(CancellationToken ct)
    {
        _completed = true;
        _texts.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<SpeechChunk> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await _speech.Reader.WaitToReadAsync(ct))
        {
            while (!_stop.IsCancellationRequested && _speech.Reader.TryRead(out var chunk))
            {
                ct.ThrowIfCancellationRequested();
                yield return chunk;
            }

            if (_stop.IsCancellationRequested)
            {
                yield break;
            }
        }

        // The loop is over by now; what it threw is thrown here, and nowhere else.
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

        while (await _texts.Writer.WaitToWriteAsync(ct))
        {
            if (_texts.Writer.TryWrite(item))
            {
                return;
            }
        }
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var item in _texts.Reader.ReadAllAsync(ct))
            {
                _pending.Append(item);
                await SpeakPendingAsync(isWhole: item is null, ct);
            }

            await SpeakPendingAsync(isWhole: true, ct);
            if (_unspoken.Length > 0)
            {
                await GiveAsync(ReadOnlyMemory<short>.Empty, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Disposed: the reader ends without an error.
        }
        finally
        {
            _texts.Writer.TryComplete();
            _speech.Writer.TryComplete();
        }
    }

    /// <summary>Speaks all that is pending, or what of it ends a sentence.</summary>
    private async Task SpeakPendingAsync(bool isWhole, CancellationToken ct)
    {
        var text = _pending.ToString();
        var length = isWhole ? text.Length : 1 + Math.Max(text.LastIndexOf(". ", StringComparison.Ordinal), text.LastIndexOf("? ", StringComparison.Ordinal));
        if (length == 0)
        {
            return;
        }

        _pending.Remove(0, length);
        _unspoken += text[..length];
        if (text[..length].Any(char.IsLetterOrDigit))
        {
            await SpeakAsync(text[..length], ct);
        }
    }

    private async Task SpeakAsync(string text, CancellationToken ct)
    {
        using var response = await _ask(text, ct);
        await using var body = await ServiceClient.GuardAsync(() => response.Content.ReadAsStreamAsync(ct), ct);
        var buffer = new byte[BlockBytes];
        while (true)
        {
            var count = await ServiceClient.GuardAsync(() => body.ReadAtLeastAsync(buffer, BlockBytes, throwOnEndOfStream: false, ct).AsTask(), ct);
            if (count > 1)
            {
                await GiveAsync(MemoryMarshal.Cast<byte, short>(buffer.AsSpan(0, count & ~1)).ToArray(), ct);
            }

            if (count < BlockBytes)
            {
                break;
            }
        }

        if (_unspoken.Length > 0)
        {
            throw new ProviderException(ProviderFailure.ProtocolError, "The service answered a text without audio.");
        }
    }

    /// <summary>The text goes out with the first audio that speaks it, so that the conversation knows what a caller heard.</summary>
    private async Task GiveAsync(ReadOnlyMemory<short> samples, CancellationToken ct)
    {
        var chunk = new SpeechChunk(new AudioFrame(_format, samples, _format.DurationOf(_samplesSpoken)), _unspoken);
        _unspoken = "";
        _samplesSpoken += samples.Length;
        await _speech.Writer.WriteAsync(chunk, ct);
    }
}
