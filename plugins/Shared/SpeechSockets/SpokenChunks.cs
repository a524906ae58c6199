using System.Runtime.InteropServices;
using Aico.Abstractions.Audio;
using Aico.Abstractions.TextToSpeech;

namespace Aico.Plugins.Shared.SpeechSockets;

/// <summary>
/// Makes a session's chunks of what a vendor sends: audio, and words with times, which may come before, with or behind their audio.
/// <see cref="Append"/> is the writer's, the rest the reader's.
/// </summary>
internal sealed class SpokenChunks(AudioFormat format)
{
    private readonly SpokenInput _text = new();
    private readonly Queue<SpokenWord> _words = new();
    private bool _isAligned;
    private byte? _half;
    private int _samplesSpoken;

    /// <summary>Adds text that will be spoken.</summary>
    public void Append(string text) => _text.Append(text);

    /// <summary>The chunks of a message. One begins with a word, so that what was heard can be told to the word.</summary>
    public List<SpeechChunk> Take(SpokenMessage message)
    {
        var samples = Samples(message.Audio.Span);
        var from = message.CountsFromMessage ? format.DurationOf(_samplesSpoken) : TimeSpan.Zero;
        foreach (var word in message.Words)
        {
            _words.Enqueue(word with { Start = from + word.Start });
        }

        _isAligned |= message.Words.Count > 0;
        var chunks = new List<SpeechChunk>();
        if (samples.Length == 0)
        {
            return chunks;
        }

        var (first, at, text) = (_samplesSpoken, 0, "");
        while (_words.TryPeek(out var word) && format.SamplesIn(word.Start) - first is var start && start < samples.Length)
        {
            _words.Dequeue();
            if (start > at)
            {
                chunks.Add(Chunk(samples.AsMemory(at..start), text));
                (at, text) = (start, "");
            }

            text += _text.Take(word.Text);
        }

        chunks.Add(Chunk(samples.AsMemory(at..), text));
        return chunks;
    }

    /// <summary>The text that no audio was given for; null where there is none, or where the vendor never told of words.</summary>
    public SpeechChunk? TakeRest()
    {
        // Where words were never aligned, the host guesses what was heard: text at the end would say that none was.
        var rest = _isAligned || _samplesSpoken == 0 ? _text.TakeRest() : "";
        return rest.Length > 0 ? Chunk(ReadOnlyMemory<short>.Empty, rest) : null;
    }

    private SpeechChunk Chunk(ReadOnlyMemory<short> samples, string text)
    {
        var frame = new AudioFrame(format, samples, format.DurationOf(_samplesSpoken));
        _samplesSpoken += samples.Length;
        return new SpeechChunk(frame, _isAligned || samples.IsEmpty ? text : null);
    }

    /// <summary>The samples of a message; one that is split waits for its other half.</summary>
    private short[] Samples(ReadOnlySpan<byte> audio)
    {
        var bytes = new byte[audio.Length + (_half is null ? 0 : 1)];
        bytes.AsSpan(0, bytes.Length - audio.Length).Fill(_half ?? 0);
        audio.CopyTo(bytes.AsSpan(bytes.Length - audio.Length));
        _half = bytes.Length % 2 == 1 ? bytes[^1] : null;
        return MemoryMarshal.Cast<byte, short>(bytes.AsSpan(0, bytes.Length & ~1)).ToArray();
    }
}
