using Aico.Abstractions.Audio;

namespace Aico.Host.Calls.Listening;

/// <summary>Makes frames of 20 ms of frames of any size, since that is what streaming providers want. Not thread-safe.</summary>
internal sealed class FrameCutter
{
    private static readonly int FrameSamples = AudioFormat.Speech.SamplesIn(TimeSpan.FromMilliseconds(20));
    private short[] _partial = new short[FrameSamples];
    private int _filled;
    private TimeSpan _start;

    public IEnumerable<AudioFrame> Cut(AudioFrame frame)
    {
        if (_filled == 0 && frame.Samples.Length == FrameSamples)
        {
            yield return frame;
            yield break;
        }

        for (var consumed = 0; consumed < frame.Samples.Length;)
        {
            if (_filled == 0)
            {
                _start = frame.Offset + frame.Format.DurationOf(consumed);
            }

            var take = Math.Min(FrameSamples - _filled, frame.Samples.Length - consumed);
            frame.Samples.Slice(consumed, take).CopyTo(_partial.AsMemory(_filled));
            consumed += take;
            _filled += take;
            if (_filled == FrameSamples)
            {
                yield return new AudioFrame(frame.Format, _partial, _start);
                _partial = new short[FrameSamples];
                _filled = 0;
            }
        }
    }
}
