using System.Runtime.CompilerServices;
using Aico.Abstractions.Audio;

namespace Aico.Host.Calls.Trials;

/// <summary>A caller who says one thing, if anything, and then listens in silence; what is played to it nobody hears.</summary>
/// <param name="speech">16 kHz mono; empty for a typed trial.</param>
/// <param name="time">The clock of the call.</param>
internal sealed class TrialTransport(ReadOnlyMemory<short> speech, TimeProvider time) : ICallTransport
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    // Endpointing and voice activity want to have heard the line before somebody speaks.
    private static readonly TimeSpan Before = TimeSpan.FromMilliseconds(300);

    public AudioFormat OutputFormat { get; } = new(24_000, 1);

    public bool EndsWithAudio => false;

    public void Play(AudioFrame frame)
    {
    }

    public void ClearPlayback()
    {
    }

    public async IAsyncEnumerable<AudioFrame> ReadCallerAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (speech.IsEmpty)
        {
            yield break;
        }

        var format = AudioFormat.Speech;
        var size = format.SamplesIn(Frame);
        using var timer = new PeriodicTimer(Frame, time);
        for (var at = -format.SamplesIn(Before); await timer.WaitForNextTickAsync(ct); at += size)
        {
            var samples = new short[size];
            if (at >= 0 && at < speech.Length)
            {
                speech.Span[at..Math.Min(speech.Length, at + size)].CopyTo(samples);
            }

            yield return new AudioFrame(format, samples, format.DurationOf(at) + Before);
        }
    }
}
