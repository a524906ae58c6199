using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;

namespace Aico.Testing.Calls;

/// <summary>Batch speech-to-text that reads the script of a <see cref="ScriptedCaller"/> instead of the audio.</summary>
internal sealed class ScriptedSpeechToText(ScriptedCaller caller, TimeProvider time) : IBatchSpeechToText
{
    public TimeSpan Delay { get; set; }

    public bool HasInterimHeadroom { get; set; }

    /// <summary>Failures of the next requests, in order; null lets that one succeed.</summary>
    public Queue<Exception?> Failures { get; } = new();

    public int Requests => Utterances.Count;

    /// <summary>Begin and end of what was read, in order.</summary>
    public List<(TimeSpan Start, TimeSpan End)> Utterances { get; } = [];

    public int Cancelled { get; private set; }

    public async ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
    {
        Utterances.Add((utterance.Offset, utterance.End));
        try
        {
            await Task.Delay(Delay, time, ct);
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

        // A text is understood where all but its last tenth of a second is in the audio; of one that goes on, the words so far.
        var words = caller.Utterances
            .Where(u => u.Start < utterance.End && u.End > utterance.Offset)
            .Select(u => WordsUntil(u, utterance.End));
        return new Transcript(string.Join(' ', words.Where(text => text.Length > 0)));
    }

    private static string WordsUntil(ScriptedCaller.Utterance utterance, TimeSpan end)
    {
        if (end >= utterance.End - TimeSpan.FromMilliseconds(100))
        {
            return utterance.Text;
        }

        var words = utterance.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var share = (end - utterance.Start) / (utterance.End - utterance.Start);
        return string.Join(' ', words.Take((int)(words.Length * share)));
    }
}
