using Aico.Abstractions.Audio;

namespace Aico.Host.Cli.Bench;

/// <summary>Speech and silence that a caller repeats for ever, cut into frames of 20 ms that all calls share.</summary>
internal sealed class SpeechLoop
{
    /// <summary>Samples of a frame.</summary>
    public const int FrameSamples = 320;

    private readonly short[] _samples;

    /// <summary>
    /// Joins clips with silence. Three and a half seconds hold the longest usual endpointing delay and the two seconds that the
    /// stand-in answers, so that each utterance becomes one turn with one whole answer.
    /// </summary>
    public SpeechLoop(IEnumerable<ReadOnlyMemory<short>> clips, TimeSpan silence)
    {
        var samples = new List<short>();
        foreach (var clip in clips)
        {
            samples.AddRange(clip.Span);
            samples.AddRange(new short[AudioFormat.Speech.SamplesIn(silence)]);
            samples.AddRange(new short[(FrameSamples - samples.Count % FrameSamples) % FrameSamples]);
        }

        _samples = [.. samples];
    }

    public int Frames => _samples.Length / FrameSamples;

    public ReadOnlyMemory<short> Frame(long index) => _samples.AsMemory((int)(index % Frames) * FrameSamples, FrameSamples);
}
