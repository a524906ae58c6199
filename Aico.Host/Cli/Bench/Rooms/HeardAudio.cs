namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>What a caller hears, in blocks of 10 ms with the times at which they came. Safe from any thread.</summary>
internal sealed class HeardAudio(int sampleRate)
{
    /// <summary>A gap above this is heard; shorter ones the bench cannot tell from the edge of a block.</summary>
    public const int AudibleGapMs = 20;

    /// <summary>So much silence ends a reply; less is a gap in it.</summary>
    public const int ReplyEndMs = 600;

    private readonly Lock _lock = new();
    private readonly List<(double At, bool IsVoiced)> _blocks = [];
    private readonly int _block = sampleRate * VoiceLevel.BlockMs / 1000;

    /// <summary>Takes a frame of whole blocks whose last sample has just come.</summary>
    public void Add(double arrived, ReadOnlySpan<short> samples)
    {
        var begin = arrived - samples.Length * 1000.0 / sampleRate;
        lock (_lock)
        {
            for (var at = 0; at + _block <= samples.Length; at += _block)
            {
                _blocks.Add((begin + at * 1000.0 / sampleRate, VoiceLevel.IsAbove(VoiceLevel.SoundDb, samples.Slice(at, _block))));
            }
        }
    }

    /// <summary>When voice is heard first from a moment on; null: not yet.</summary>
    public double? FirstVoiceSince(double moment)
    {
        lock (_lock)
        {
            for (var i = IndexOf(moment); i < _blocks.Count; i++)
            {
                if (_blocks[i].IsVoiced)
                {
                    return _blocks[i].At;
                }
            }

            return null;
        }
    }

    /// <summary>When the voice that is heard since a moment fell silent; null while it goes on, has not begun, or has not been silent for as long.</summary>
    public double? SilentSince(double moment, int forMs)
    {
        lock (_lock)
        {
            var voice = -1;
            for (var i = IndexOf(moment); i < _blocks.Count; i++)
            {
                if (_blocks[i].IsVoiced)
                {
                    voice = i;
                }
                else if (voice >= 0 && (i - voice) * VoiceLevel.BlockMs >= forMs)
                {
                    return _blocks[voice].At + VoiceLevel.BlockMs;
                }
            }

            return null;
        }
    }

    /// <summary>The replies that were heard between two moments.</summary>
    public IReadOnlyList<HeardReply> Replies(double from, double until)
    {
        lock (_lock)
        {
            var replies = new List<HeardReply>();
            var (first, last, voiced, longest, gaps) = (-1, -1, 0, 0, 0);
            for (var i = IndexOf(from); i < _blocks.Count && _blocks[i].At < until; i++)
            {
                if (!_blocks[i].IsVoiced)
                {
                    continue;
                }

                var gap = last < 0 ? 0 : (i - last - 1) * VoiceLevel.BlockMs;
                if (last < 0 || gap >= ReplyEndMs)
                {
                    Close();
                    (first, voiced, longest, gaps) = (i, 0, 0, 0);
                }
                else
                {
                    longest = Math.Max(longest, gap);
                    gaps += gap > AudibleGapMs ? 1 : 0;
                }

                voiced += VoiceLevel.BlockMs;
                last = i;
            }

            Close();
            return replies;

            void Close()
            {
                if (last >= 0)
                {
                    replies.Add(new HeardReply(_blocks[first].At, _blocks[last].At + VoiceLevel.BlockMs, voiced, longest, gaps));
                }
            }
        }
    }

    // Blocks come in the order of time, but for the jitter of a frame.
    private int IndexOf(double moment)
    {
        var index = _blocks.Count;
        while (index > 0 && _blocks[index - 1].At >= moment)
        {
            index--;
        }

        return index;
    }
}
