using System.Text.Json;

namespace Aico.Testing.Deepgram;

/// <summary>
/// The messages of Deepgram's sockets and their fields, as its specification (asyncapi.yml of July 2026) and the pages on Flux list them.
/// A field is written with its path; those of a list's elements with the list's.
/// </summary>
internal static class DeepgramFields
{
    /// <summary>From a client: /v1/listen, /v2/listen and the body of /v1/speak, which has no type.</summary>
    public static IReadOnlyDictionary<string, string[]> FromClient { get; } = Table("""
        KeepAlive:
        Finalize: channel
        CloseStream:
        Configure: thresholds thresholds.eot_threshold thresholds.eager_eot_threshold thresholds.eot_timeout_ms keyterms language_hints
        ForceEndTurn:
        -: text
        """);

    /// <summary>From the vendor.</summary>
    public static IReadOnlyDictionary<string, string[]> FromServer { get; } = Table("""
        Results: channel_index start duration is_final speech_final from_finalize channel channel.alternatives channel.alternatives.transcript channel.alternatives.confidence channel.alternatives.languages channel.alternatives.words channel.alternatives.words.word channel.alternatives.words.start channel.alternatives.words.end channel.alternatives.words.confidence channel.alternatives.words.punctuated_word channel.alternatives.words.language channel.alternatives.words.speaker metadata metadata.request_id metadata.model_info metadata.model_info.name metadata.model_info.version metadata.model_info.arch metadata.model_uuid entities
        SpeechStarted: channel timestamp
        UtteranceEnd: channel last_word_end
        Metadata: request_id sha256 created duration channels transaction_key
        Connected: request_id sequence_id
        TurnInfo: request_id sequence_id event turn_index audio_window_start audio_window_end transcript words words.word words.confidence end_of_turn_confidence trigger
        ConfigureSuccess: request_id sequence_id
        ConfigureFailure: request_id sequence_id
        Error: sequence_id code description
        """);

    /// <summary>What of the messages the table does not have: a type, or a field of one.</summary>
    public static IReadOnlyList<string> Strange(IEnumerable<string> messages, IReadOnlyDictionary<string, string[]> table)
    {
        var strange = new List<string>();
        foreach (var message in messages)
        {
            using var document = JsonDocument.Parse(message);
            var type = document.RootElement.TryGetProperty("type", out var named) ? named.GetString()! : "-";
            if (!table.TryGetValue(type, out var fields))
            {
                strange.Add(type);
                continue;
            }

            strange.AddRange(Paths(document.RootElement, "").Where(path => path != "type" && !fields.Contains(path)).Select(path => $"{type}.{path}"));
        }

        return [.. strange.Distinct()];
    }

    private static IEnumerable<string> Paths(JsonElement element, string at) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => Paths(field.Value, $"{at}{field.Name}.").Prepend($"{at}{field.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Paths(item, at)),
        _ => [],
    };

    private static Dictionary<string, string[]> Table(string lines) => lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(':', 2))
        .ToDictionary(line => line[0], line => line[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
