using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Whisper;

/// <summary>
/// Reads an answer, terse or verbose. Whisper makes up words where nobody speaks ("Thank you."), so segments that are probably no speech
/// are left out, and so are notes such as [BLANK_AUDIO].
/// </summary>
/// <param name="noSpeechThreshold">Probability from which on a segment is no speech.</param>
/// <param name="start">Where the utterance begins on the call's clock.</param>
internal sealed class TranscriptReader(double noSpeechThreshold, TimeSpan start)
{
    /// <exception cref="ProviderException">The answer is none.</exception>
    public Transcript Read(JsonElement root, VendorErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
        {
            throw root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out _)
                ? errors.From(VendorFaultReader.Read(0, root))
                : errors.Garbage("an answer without a text");
        }

        var segments = List(root, "segments");
        var kept = segments.FindAll(IsSpeech);
        var said = kept.Count == segments.Count ? text.GetString()! : string.Join(' ', kept.Select(segment => VendorJson.Text(segment, "text")));
        said = WhisperNotes.Remove(said);
        return new Transcript(said)
        {
            Language = WhisperLanguages.TagOf(VendorJson.Text(root, "language")),
            Confidence = said.Length > 0 ? Confidence(kept) : null,
            Words = said.Length > 0 ? Words(root, kept, segments.Count) : [],
        };
    }

    /// <summary>The likelihood of a token, on average over the segments by their lengths: that is all which Whisper says of its own doubts.</summary>
    private static double? Confidence(List<JsonElement> segments)
    {
        var (sum, weight) = (0.0, 0.0);
        foreach (var segment in segments)
        {
            if (Number(segment, "avg_logprob") is { } likelihood)
            {
                var length = Math.Max(0.01, (Number(segment, "end") - Number(segment, "start")) ?? 0.01);
                sum += likelihood * length;
                weight += length;
            }
        }

        return weight > 0 ? Math.Clamp(Math.Exp(sum / weight), 0, 1) : null;
    }

    private static List<JsonElement> List(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)]
            : [];

    private static double? Number(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private bool IsSpeech(JsonElement segment) => noSpeechThreshold >= 1 || Number(segment, "no_speech_prob") is not { } none || none < noSpeechThreshold;

    private List<TranscriptWord> Words(JsonElement root, List<JsonElement> kept, int segments)
    {
        var words = List(root, "words");
        if (words.Count == 0)
        {
            // whisper.cpp gives tokens there: a blank before it begins a word, any other goes on with one.
            return [.. kept.SelectMany(segment => Join(List(segment, "words")))];
        }

        return [.. words.Where(word => kept.Count == segments || kept.Exists(segment => IsWithin(word, segment))).SelectMany(word => Join([word]))];
    }

    private static bool IsWithin(JsonElement word, JsonElement segment) => Number(word, "start") >= Number(segment, "start") && Number(word, "start") < Number(segment, "end");

    private IEnumerable<TranscriptWord> Join(List<JsonElement> tokens)
    {
        TranscriptWord? word = null;
        foreach (var token in tokens)
        {
            if (Number(token, "start") is not { } from || Number(token, "end") is not { } to)
            {
                continue;
            }

            var text = VendorJson.Text(token, "word");
            var end = start + TimeSpan.FromSeconds(to);
            if (word is not null && !text.StartsWith(' '))
            {
                word = word with { Text = word.Text + text, End = end > word.End ? end : word.End };
                continue;
            }

            if (word is { Text.Length: > 0 })
            {
                yield return word;
            }

            word = new TranscriptWord(text.Trim(), start + TimeSpan.FromSeconds(from), end);
        }

        if (word is { Text.Length: > 0 })
        {
            yield return word;
        }
    }
}
