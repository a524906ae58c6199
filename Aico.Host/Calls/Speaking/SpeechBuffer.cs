using Aico.Abstractions.Audio;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Audio;

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// The speech of one answer between the provider that makes it and the playback that takes it: converted to the transport's format,
/// cut into frames of 20 ms, with the text that each stretch speaks. One writer, one reader.
/// </summary>
internal sealed class SpeechBuffer(AudioFormat format)
{
    public static readonly TimeSpan FrameDuration = TimeSpan.FromMilliseconds(20);

    // Speech waits here while it is played, many times slower than it is made. The writer waits beyond this.
    private static readonly TimeSpan Capacity = TimeSpan.FromSeconds(20);

    // For text whose speech is still on its way and that has no alignment: a usual speaking rate.
    private const double CharactersPerSecond = 15;

    private readonly Lock _lock = new();
    private readonly FrameQueue _frames = new(format.SamplesIn(FrameDuration));
    private readonly List<SpokenSegment> _segments = [];

    // What providers before the present one have spoken, cut at a word.
    private readonly List<SpokenSegment> _earlier = [];
    private TimeSpan _begins;
    private readonly MarkedText _marked = new();
    private readonly AsyncSignal _space = new();
    private readonly System.Text.StringBuilder _unaligned = new();
    private Resampler? _resampler;
    private TimeSpan _written;
    private bool _complete;
    private bool _isWhole;
    private bool _hasAlignment;

    /// <summary>Set whenever something was written or completed.</summary>
    public AsyncSignal Changed { get; } = new();

    public AudioFormat Format => format;

    /// <summary>How much speech was made so far.</summary>
    public TimeSpan Written
    {
        get
        {
            lock (_lock)
            {
                return _written;
            }
        }
    }

    /// <summary>True where all speech was made and taken.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_lock)
            {
                return _complete && _frames.Count == 0;
            }
        }
    }

    /// <summary>True where some of the text that was sent is to be heard out.</summary>
    public bool HasMarks
    {
        get
        {
            lock (_lock)
            {
                return _marked.Any;
            }
        }
    }

    /// <summary>Notes a sentence that was sent to the provider: its mark, and its text for answers that come without alignment.</summary>
    public void Sent(Sentence sentence)
    {
        lock (_lock)
        {
            _unaligned.Append(sentence.Text);
            _marked.Sent(sentence.Text, sentence.IsUninterruptible);
        }
    }

    /// <summary>Whether what is heard at a position is to be heard out, and when that changes.</summary>
    public (bool IsMarked, TimeSpan? ChangesAt) MarkedAt(TimeSpan position)
    {
        lock (_lock)
        {
            return _marked.Any ? _marked.At(Segments(), position) : default;
        }
    }

    public async ValueTask WriteAsync(SpeechChunk chunk, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_complete)
            {
                return;
            }

            var start = _written;
            Convert(chunk.Audio);
            Align(chunk.SpokenText, start);
        }

        Changed.Set();
        while (IsFull())
        {
            await _space.WaitAsync(ct);
        }
    }

    /// <summary>
    /// The provider has failed and another goes on: keeps the speech that is there up to the end of its last word and drops the rest.
    /// Returns the text that was sent and is still to be spoken.
    /// </summary>
    public string CutAfterLastWord()
    {
        lock (_lock)
        {
            var sent = _unaligned.ToString();
            var present = Present();
            var (length, end) = HeardText.LastWord(present, _written);
            while (length > 0 && length < sent.Length && char.IsWhiteSpace(sent[length]))
            {
                length++;
            }

            length = Math.Min(length, sent.Length);
            var last = present.Aggregate((Length: 0, End: _begins), (whole, segment) =>
                whole.Length + segment.Text.Length is var reaches && reaches <= length ? (reaches, segment.Start + segment.Duration) : whole);

            // What sounds behind the last word of a text that was spoken whole is the end of that word.
            end = last.Length == length ? last.End < _written ? last.End : _written : end;
            var taken = _written - format.DurationOf(_frames.Count);
            _frames.Shorten(format.SamplesIn(Longer(length == 0 ? _begins : end, taken) - taken));
            _written = taken + format.DurationOf(_frames.Count);
            if (length > 0)
            {
                // The words share the time that they took: which of them were heard is only asked again at an interruption.
                _earlier.Add(new SpokenSegment(sent[..length], _begins, _written - _begins, IsExact: false));
            }

            _begins = _written;
            _segments.Clear();
            _unaligned.Remove(0, length);
            _hasAlignment = false;
            _resampler = null;
            return sent[length..];
        }
    }

    /// <summary>
    /// No more speech comes; whole where all text was spoken, and not where the answer was cut off. Safe to call more than once.
    /// </summary>
    public void Complete(bool isWhole)
    {
        lock (_lock)
        {
            _isWhole |= isWhole && !_complete;
            if (!_complete && _resampler is { } resampler)
            {
                var rest = new short[resampler.MaximumFlushOutput];
                Append(rest.AsSpan(0, resampler.Flush(rest)));
            }

            _complete = true;
        }

        Changed.Set();
        _space.Set();
    }

    /// <summary>
    /// Takes the next frame. A frame that is not full is given only where nothing more is there to fill it: a gap is coming anyway,
    /// or the speech is over.
    /// </summary>
    public bool TryTake(out ReadOnlyMemory<short> samples)
    {
        lock (_lock)
        {
            if (!_frames.TryTake(out samples))
            {
                return false;
            }
        }

        _space.Set();
        return true;
    }

    /// <summary>The text that was heard when the speech was played up to the given position.</summary>
    public string HeardUntil(TimeSpan position)
    {
        lock (_lock)
        {
            return HeardText.UpTo(Segments(), position);
        }
    }

    private List<SpokenSegment> Segments() => _earlier.Count == 0 ? Present() : [.. _earlier, .. Present()];

    /// <summary>What the present provider speaks.</summary>
    private List<SpokenSegment> Present()
    {
        if (!_hasAlignment)
        {
            var text = _unaligned.ToString();
            return [new SpokenSegment(text, _begins, DurationOf(text, _written - _begins), IsExact: false)];
        }

        // Of the last text only the beginning may have been spoken so far.
        var last = _segments[^1];
        return [.. _segments.SkipLast(1), last with { Duration = DurationOf(last.Text, last.Duration) }];
    }

    /// <summary>How long a text takes of which so much speech is there.</summary>
    private TimeSpan DurationOf(string text, TimeSpan spoken) =>
        _isWhole ? spoken : Longer(spoken, TimeSpan.FromSeconds(text.Length / CharactersPerSecond));

    private bool IsFull()
    {
        lock (_lock)
        {
            return !_complete && format.DurationOf(_frames.Count) > Capacity;
        }
    }

    private void Convert(AudioFrame audio)
    {
        var samples = audio.Samples;
        if (audio.Format.Channels != 1)
        {
            var mono = new short[samples.Length / audio.Format.Channels];
            PcmConversion.ToMono(samples.Span, audio.Format.Channels, mono);
            samples = mono;
        }

        if (audio.Format.SampleRate == format.SampleRate)
        {
            Append(samples.Span);
            return;
        }

        _resampler ??= new Resampler(audio.Format.SampleRate, format.SampleRate);
        var converted = new short[_resampler.MaximumOutput(samples.Length)];
        Append(converted.AsSpan(0, _resampler.Process(samples.Span, converted)));
    }

    private void Append(ReadOnlySpan<short> samples)
    {
        _written += format.DurationOf(samples.Length);
        _frames.Append(samples);
    }

    private void Align(string? spokenText, TimeSpan start)
    {
        if (spokenText is null)
        {
            return;
        }

        var duration = _written - start;
        if (spokenText.Length > 0 || _segments.Count == 0)
        {
            _hasAlignment = true;
            _segments.Add(new SpokenSegment(spokenText, start, duration, IsExact: false));
        }
        else
        {
            _segments[^1] = _segments[^1] with { Duration = _segments[^1].Duration + duration };
        }
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
