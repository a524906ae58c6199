namespace Aico.Host.Calls.Speaking;

/// <summary>Which stretches of a reply's text are to be heard out, and when they are heard. Pure but for the marks; not safe from two threads.</summary>
internal sealed class MarkedText
{
    private static readonly TimeSpan Unknown = TimeSpan.MaxValue;
    private readonly List<(int Start, int End)> _marks = [];
    private int _length;

    public bool Any => _marks.Count > 0;

    /// <summary>Text was sent to be spoken, in the order in which it will be.</summary>
    public void Sent(string text, bool isMarked)
    {
        if (isMarked)
        {
            _marks.Add((_length, _length + text.Length));
        }

        _length += text.Length;
    }

    /// <summary>Whether the text that is heard at a position is marked, and the next position at which that changes; null where none is known yet.</summary>
    public (bool IsMarked, TimeSpan? ChangesAt) At(IReadOnlyList<SpokenSegment> segments, TimeSpan position)
    {
        var isMarked = false;
        TimeSpan? changesAt = null;
        foreach (var (start, end) in Stretches(segments))
        {
            if (start > position)
            {
                changesAt ??= start;
                break;
            }

            if (position < end)
            {
                isMarked = true;
                changesAt = end == Unknown ? null : end;
            }
        }

        return (isMarked, changesAt);
    }

    /// <summary>In order; neighbours are joined, so that nothing can slip in between two marked sentences.</summary>
    private List<(TimeSpan Start, TimeSpan End)> Stretches(IReadOnlyList<SpokenSegment> segments)
    {
        var stretches = new List<(TimeSpan Start, TimeSpan End)>();
        var offset = 0;
        foreach (var segment in segments)
        {
            foreach (var mark in _marks)
            {
                var from = Math.Max(mark.Start - offset, 0);
                var to = Math.Min(mark.End - offset, segment.Text.Length);
                if (from >= to)
                {
                    continue;
                }

                var start = TimeOf(segment, from);
                // What follows the last text is not known yet, and where nothing does the reply ends marked.
                var end = mark.End == _length ? Unknown : TimeOf(segment, to);
                if (stretches.Count > 0 && stretches[^1].End >= start)
                {
                    stretches[^1] = (stretches[^1].Start, end);
                }
                else
                {
                    stretches.Add((start, end));
                }
            }

            offset += segment.Text.Length;
        }

        return stretches;
    }

    private static TimeSpan TimeOf(SpokenSegment segment, int index) => segment.Start + (segment.Duration * ((double)index / segment.Text.Length));
}
