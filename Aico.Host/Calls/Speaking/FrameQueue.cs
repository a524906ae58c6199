namespace Aico.Host.Calls.Speaking;

/// <summary>Samples cut into frames of one size, the last one possibly not full. Not thread-safe.</summary>
internal sealed class FrameQueue(int frameSamples)
{
    private readonly Queue<short[]> _frames = new();
    private short[] _partial = [];
    private int _partialLength;

    /// <summary>Samples that wait to be taken.</summary>
    public int Count { get; private set; }

    public void Append(ReadOnlySpan<short> samples)
    {
        Count += samples.Length;
        while (samples.Length > 0)
        {
            if (_partial.Length == 0)
            {
                _partial = new short[frameSamples];
            }

            var take = Math.Min(frameSamples - _partialLength, samples.Length);
            samples[..take].CopyTo(_partial.AsSpan(_partialLength));
            samples = samples[take..];
            _partialLength += take;
            if (_partialLength == frameSamples)
            {
                _frames.Enqueue(_partial);
                _partial = [];
                _partialLength = 0;
            }
        }
    }

    /// <summary>Takes the next full frame, or the last samples where there is none.</summary>
    public bool TryTake(out ReadOnlyMemory<short> samples)
    {
        if (_frames.TryDequeue(out var frame))
        {
            samples = frame;
        }
        else if (_partialLength > 0)
        {
            samples = _partial.AsMemory(0, _partialLength);
            _partial = [];
            _partialLength = 0;
        }
        else
        {
            samples = default;
            return false;
        }

        Count -= samples.Length;
        return true;
    }

    /// <summary>Keeps the first samples and drops the others.</summary>
    public void Shorten(int keep)
    {
        var all = new short[Math.Min(Count, Math.Max(keep, 0))];
        var filled = 0;
        while (filled < all.Length && TryTake(out var samples))
        {
            var count = Math.Min(samples.Length, all.Length - filled);
            samples.Span[..count].CopyTo(all.AsSpan(filled));
            filled += count;
        }

        _frames.Clear();
        _partial = [];
        (_partialLength, Count) = (0, 0);
        Append(all);
    }
}
