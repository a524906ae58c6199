using System.Text.Json;
using Aico.Abstractions.SpeechToText;
using Aico.Plugins.Shared.Vendors;
using Aico.Plugins.Shared.WebSockets;

namespace Aico.Plugins.Deepgram;

internal static class DeepgramWords
{
    /// <summary>The words that have times, as they stand in the text.</summary>
    public static IReadOnlyList<TranscriptWord> Read(JsonElement holder, AudioClock clock)
    {
        var words = new List<TranscriptWord>();
        if (holder.TryGetProperty("words", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var word in list.EnumerateArray())
            {
                if (word.TryGetProperty("start", out var start) && word.TryGetProperty("end", out var end))
                {
                    var text = VendorJson.TextOrNull(word, "punctuated_word") ?? VendorJson.Text(word, "word");
                    words.Add(new TranscriptWord(text, clock.At(start.GetDouble()), clock.At(end.GetDouble())));
                }
            }
        }

        return words;
    }
}
