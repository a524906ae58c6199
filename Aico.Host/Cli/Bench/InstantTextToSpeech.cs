using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;

namespace Aico.Host.Cli.Bench;

/// <summary>A stand-in that has two seconds of speech for every piece of text at once.</summary>
internal sealed class InstantTextToSpeech : ITextToSpeech
{
    /// <summary>The rate that the transport plays at, so that no resampling of speech that nobody made is measured.</summary>
    private static readonly AudioFormat Format = new(24_000, 1);

    // The harmonics of a voice, each weaker than the one before.
    private const int Harmonics = 20;

    /// <summary>
    /// A quiet voice that says one long vowel without a pause: that it is never silence lets a fault show where somebody listens. With a
    /// single tone Opus went between its modes for speech and for music, of which one costs twice as much as the other.
    /// </summary>
    public static ReadOnlyMemory<short> Speech { get; } = Vowel(TimeSpan.FromSeconds(2));

    public ValueTask<IDuplexSession<string, SpeechChunk>> OpenAsync(TextToSpeechRequest request, CancellationToken ct) =>
        ValueTask.FromResult<IDuplexSession<string, SpeechChunk>>(new InstantSpeechSession(new AudioFrame(Format, Speech, TimeSpan.Zero)));

    private static short[] Vowel(TimeSpan duration)
    {
        var samples = new short[Format.SamplesIn(duration)];
        var phase = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            // The pitch of a man's voice, which rises and falls in half a second.
            phase += Math.Tau * (120 + (20 * Math.Sin(Math.Tau * 2 * i / Format.SampleRate))) / Format.SampleRate;
            var sum = 0.0;
            for (var harmonic = 1; harmonic <= Harmonics; harmonic++)
            {
                sum += Math.Sin(phase * harmonic) / harmonic;
            }

            samples[i] = (short)(1000 * sum);
        }

        return samples;
    }
}
