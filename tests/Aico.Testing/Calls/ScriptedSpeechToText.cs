using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;

namespace Aico.Testing.Calls;

/// <summary>Batch speech-to-text that reads the script of a <see cref="ScriptedCaller"/> instead of the audio.</summary>
internal sealed class ScriptedSpeechToText(ScriptedCaller caller, TimeProvider time) : IBatchSpeechToText
{
    public TimeSpan Delay { get; set; }

    public bool HasInterimHeadroom { get; set; }

    /// <summary>True: a read goes on although nobody wants it any more.</summary>
    public bool IgnoresCancellation { get; set; }

    /// <summary>Failures of the next requests, in order; null lets that one succeed.</summary>
    public Queue<Exception?> Failures { get; } = new();

    public int Requests => Utterances.Count;

    /// <summary>Begin and end of what was read, in order.</summary>
    public List<(TimeSpan Start, TimeSpan End)> Utterances { get; } = [];

    /// <summary>Gets the token of each request.</summary>
    public Action<CancellationToken>? TakesToken { get; set; }

    public int Cancelled { get; private set; }

    public async ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
    {
        Utterances.Add((utterance.Offset, utterance.End));
        TakesToken?.Invoke(ct);
        try
        {
            await Task.Delay(Delay, time, IgnoresCancellation ? CancellationToken.None : ct);
        }
        catch (OperationCanceledException)
        {
            Cancelled++;
            throw;
        }

        if (Failures.TryDequeue(out var failure) && failure is not null)
        {
            throw failure;
        }

        // A text is understood where all but a tenth of a second of it is in the audio; of one that was cut, the words that are there.
        var words = caller.Utterances
            .Where(u => u.Start < utterance.End && u.End > utterance.Offset)
            .Select(u => WordsIn(u, utterance.Offset, utterance.End));
        return new Transcript(string.Join(' ', words.Where(text => text.Length > 0)));
    }

    private static string WordsIn(ScriptedCaller.Utterance utterance, TimeSpan start, TimeSpan end)
    {
        var tolerance = TimeSpan.FromMilliseconds(100);
        var words = utterance.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var length = utterance.End - utterance.Start;
        var from = start <= utterance.Start + tolerance ? 0 : (int)Math.Ceiling(words.Length * ((start - utterance.Start) / length));
        var to = end >= utterance.End - tolerance ? words.Length : (int)(words.Length * ((end - utterance.Start) / length));
        return string.Join(' ', words.Take(to).Skip(from));
    }
}
