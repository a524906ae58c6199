using Aico.Abstractions.Audio;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// Finds where in the audio a voice began that the detector has only now recognized. Models need to hear some of a voice before they are
/// sure: of 40 beginnings of human speech after silence, Silero dated half to within 32 ms, a quarter more than 90 ms late, the last 176.
/// Sound that leads to the voice without a gap, out of something quieter, is its beginning. Pure: no clock, no I/O.
/// </summary>
internal sealed class VoiceOnset
{
    // Noise that goes on for longer before a voice is not its beginning.
    private static readonly TimeSpan FurthestBack = TimeSpan.FromMilliseconds(192);

    // The power of a block beside the voice's: 20 dB below it there may be noise, and nothing that matters of the voice.
    private const double QuietBesideVoice = 0.01;

    // A beginning is found to 8 ms, or what comes near it and divides the window.
    private const int BlockSamples = 128;

    private readonly int _windowSamples;
    private readonly int _blockSamples;
    private readonly TimeSpan _block;
    private readonly double[] _powers;
    private readonly int _furthest;
    private long _count;

    public VoiceOnset(int windowSamples)
    {
        _windowSamples = windowSamples;
        _blockSamples = windowSamples / Math.Max(1, windowSamples / BlockSamples);
        _block = AudioFormat.Speech.DurationOf(_blockSamples);
        _furthest = (int)(FurthestBack / _block);
        _powers = new double[_furthest + 1 + (VoiceGate.WindowsToStart * (windowSamples / _blockSamples))];
    }

    /// <summary>Takes the next window of the line, voice or not.</summary>
    public void Add(ReadOnlySpan<short> window)
    {
        for (var at = 0; at + _blockSamples <= _windowSamples; at += _blockSamples)
        {
            long sum = 0;
            foreach (var sample in window.Slice(at, _blockSamples))
            {
                sum += sample * sample;
            }

            _powers[_count++ % _powers.Length] = sum;
        }
    }

    /// <summary>The beginning of a voice that was recognized with the latest window, which ends at the given time.</summary>
    /// <param name="recognized">Where the first window begins that was taken for speech.</param>
    /// <param name="end">Where the latest window ends.</param>
    public TimeSpan Of(TimeSpan recognized, TimeSpan end)
    {
        var since = Math.Clamp((int)Math.Round((end - recognized) / _block), 1, (int)Math.Min(_count, _powers.Length));
        var voice = 0.0;
        for (var back = 1; back <= since; back++)
        {
            voice += Power(back) / since;
        }

        var loud = voice * QuietBesideVoice;
        var first = since;
        while (first > 1 && Power(first) < loud)
        {
            first--;
        }

        if (first < since)
        {
            return end - (_block * first);
        }

        while (first < Math.Min(_count, _powers.Length) && first - since <= _furthest)
        {
            if (Power(first + 1) < loud)
            {
                return end - (_block * first);
            }

            first++;
        }

        // As loud all the time: what the detector recognized is all that is known.
        return recognized;
    }

    private double Power(int back) => back > _count || back > _powers.Length ? 0 : _powers[(_count - back) % _powers.Length];
}
