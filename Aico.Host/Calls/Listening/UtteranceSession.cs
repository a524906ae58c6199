using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;

namespace Aico.Host.Calls.Listening;

/// <summary>What <see cref="UtteranceSpeechToText"/> opens: collects audio and has it read at each flush.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle; a read that ends late still looks at it.")]
internal sealed class UtteranceSession(IBatchSpeechToText provider, SpeechToTextRequest request) : IDuplexSession<AudioFrame, TranscriptEvent>
{
    // About -50 dB: quieter audio is left out before an utterance, since the agent's whole answer may lie between two of them.
    private const int SoundLevel = 100;

    // Utterances come as fast as people pause; a provider that is so far behind does not come back.
    private const int Waiting = 8;

    private readonly UtteranceBuffer _buffer = new(request.Format);
    private readonly CancellationTokenSource _disposed = new();
    private readonly Channel<AudioFrame> _utterances = Channel.CreateBounded<AudioFrame>(
        new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true, SingleWriter = true });

    /// <summary>Told how much audio the provider is given with each read: what lies between two utterances it never gets.</summary>
    public Action<TimeSpan> Reads { get; set; } = _ => { };

    public ValueTask SendAsync(AudioFrame item, CancellationToken ct)
    {
        if (!_buffer.IsKeeping && HasSound(item.Samples.Span))
        {
            _buffer.Settle(TimeSpan.Zero, keepOn: false);
            _buffer.Keep();
        }

        _buffer.Append(item);
        return ValueTask.CompletedTask;
    }

    public async ValueTask FlushAsync(CancellationToken ct)
    {
        if (!_buffer.IsKeeping)
        {
            return;
        }

        var utterance = _buffer.CopyUntil(_buffer.End);
        _buffer.Settle(_buffer.End, keepOn: false);
        while (!_utterances.Writer.TryWrite(utterance))
        {
            if (!await _utterances.Writer.WaitToWriteAsync(ct))
            {
                return;
            }
        }
    }

    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        await FlushAsync(ct);
        _utterances.Writer.TryComplete();
    }

    public async IAsyncEnumerable<TranscriptEvent> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _disposed.Token);
        while (await NextAsync(either.Token, ct) is { } utterance)
        {
            Transcript transcript;
            Reads(utterance.Duration);
            try
            {
                transcript = await provider.TranscribeAsync(utterance, request, either.Token);
            }
            catch (OperationCanceledException) when (_disposed.IsCancellationRequested && !ct.IsCancellationRequested)
            {
                yield break;
            }

            yield return new FinalTranscript(utterance.End, transcript);
        }
    }

    public ValueTask DisposeAsync()
    {
        _disposed.Cancel();
        _utterances.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<AudioFrame?> NextAsync(CancellationToken either, CancellationToken ct)
    {
        try
        {
            return await _utterances.Reader.WaitToReadAsync(either) && _utterances.Reader.TryRead(out var utterance) ? utterance : null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private static bool HasSound(ReadOnlySpan<short> samples)
    {
        long energy = 0;
        foreach (var sample in samples)
        {
            energy += sample * sample;
        }

        return samples.Length > 0 && energy / samples.Length > SoundLevel * SoundLevel;
    }
}
