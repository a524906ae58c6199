using Aico.Plugins.Shared.Speech;

namespace Aico.Plugins.Flite;

/// <summary>
/// Turns the audio of one utterance into blocks that begin with a word or go on with one, without the silence that flite puts
/// around it, and with the pause that the punctuation asks for. Used by one thread.
/// </summary>
internal sealed class WordBlocks
{
    private static readonly TimeSpan LongestBlock = TimeSpan.FromMilliseconds(100);

    private readonly int _length;
    private readonly int _sampleRate;
    private readonly FliteSettings _settings;
    private readonly Func<SpokenAudio, bool> _write;
    private readonly short[] _block;
    private IReadOnlyList<FliteWord> _words = [];
    private int _filled;
    private int _position;
    private int _from;
    private int _to;
    private int _word;
    private int _given;

    /// <summary>Prepares for one utterance.</summary>
    /// <param name="text">The text that flite speaks.</param>
    /// <param name="length">Characters of the original piece, all of which the blocks together speak.</param>
    /// <param name="sampleRate">Of the voice, in hertz.</param>
    /// <param name="settings">How much silence to keep.</param>
    /// <param name="write">Takes a block; false where there is no room.</param>
    public WordBlocks(EnglishText text, int length, int sampleRate, FliteSettings settings, Func<SpokenAudio, bool> write)
    {
        Text = text;
        _length = length;
        _sampleRate = sampleRate;
        _settings = settings;
        _write = write;
        _block = new short[SamplesIn(LongestBlock)];
    }

    public EnglishText Text { get; }

    public void Begin(IReadOnlyList<FliteWord> words)
    {
        _words = words;
        if (words.Count > 0)
        {
            _from = Math.Max(0, SamplesIn(words[0].Start) - SamplesIn(TimeSpan.FromMilliseconds(_settings.LeadingSilenceMs)));
            _to = SamplesIn(words[^1].End) + SamplesIn(Pauses.After(Text.Ascii, _settings.SentencePauseMs, _settings.ClausePauseMs));
        }
    }

    /// <summary>Takes the next samples; false where there is no room for more.</summary>
    public bool Add(ReadOnlySpan<short> samples)
    {
        foreach (var sample in samples)
        {
            if (_position >= _from && _position < _to && !Keep(sample))
            {
                return false;
            }

            _position++;
        }

        return true;
    }

    /// <summary>Ends the piece with as much of its pause as flite did not make itself.</summary>
    public void Finish()
    {
        while (_position < _to)
        {
            Add([0]);
        }

        Write();
    }

    private bool Keep(short sample)
    {
        var next = _word + 1;
        if (next < _words.Count && _position >= SamplesIn(_words[next].Start))
        {
            if (!Write())
            {
                return false;
            }

            _word = next;
        }

        _block[_filled++] = sample;
        return _filled < _block.Length || Write();
    }

    private bool Write()
    {
        if (_filled == 0)
        {
            return true;
        }

        var end = _word + 1 < _words.Count ? _words[_word + 1].Character : _length;
        var block = new SpokenAudio(_block.AsSpan(0, _filled).ToArray(), end - _given);
        _given = end;
        _filled = 0;
        return _write(block);
    }

    private int SamplesIn(TimeSpan time) => (int)(time.Ticks * _sampleRate / TimeSpan.TicksPerSecond);
}
