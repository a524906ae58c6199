using System.Globalization;
using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Plugins.Shared.SpeechSockets;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.ElevenLabs;

/// <summary>
/// The WebSocket of many contexts (multi-stream-input). Voice, model and language stand in its address. Of the names that the
/// documentation and the servers write differently both are read.
/// </summary>
internal sealed class ElevenLabsProtocol(ElevenLabsSettings settings, ElevenLabsErrors errors) : ISpeakingProtocol
{
    /// <summary>The longest that ElevenLabs keeps a silent socket, in seconds; its default is 20.</summary>
    public const int InactivitySeconds = 180;

    public AudioFormat Format { get; } = new(settings.SampleRate, 1);

    public static Uri Address(ElevenLabsSettings settings, string voice, string? language)
    {
        List<(string, string)> query =
        [
            ("model_id", settings.Model), ("output_format", ElevenLabsRequest.OutputFormat(settings)),
            // Whole sentences are sent, so nothing need wait in the vendor's buffer.
            ("auto_mode", "true"), ("sync_alignment", "true"),
            ("inactivity_timeout", InactivitySeconds.ToString(CultureInfo.InvariantCulture)),
            ("apply_text_normalization", ElevenLabsRequest.Normalization(settings)),
        ];
        if (ElevenLabsModels.LanguageCode(settings.Model, language) is { } code)
        {
            query.Add(("language_code", code));
        }

        if (settings.Seed is { } seed)
        {
            query.Add(("seed", seed.ToString(CultureInfo.InvariantCulture)));
        }

        if (!settings.EnableLogging)
        {
            query.Add(("enable_logging", "false"));
        }

        return VendorAddress.WebSocket(settings.BaseUrl, $"/v1/text-to-speech/{Uri.EscapeDataString(voice)}/multi-stream-input", query);
    }

    public IEnumerable<ReadOnlyMemory<byte>> Speak(string context, string text, bool isFirst)
    {
        if (isFirst)
        {
            yield return Write(new() { ["text"] = " ", ["voice_settings"] = ElevenLabsRequest.VoiceSettings(settings), ["context_id"] = context });
        }

        // The vendor wants a blank after every text.
        yield return Write(new() { ["text"] = char.IsWhiteSpace(text[^1]) ? text : text + " ", ["context_id"] = context, ["flush"] = true });
    }

    public IEnumerable<ReadOnlyMemory<byte>> Complete(string context)
    {
        yield return Write(new() { ["text"] = "", ["context_id"] = context, ["flush"] = true });
        yield return Cancel(context);
    }

    public ReadOnlyMemory<byte> Cancel(string context) => Write(new() { ["context_id"] = context, ["close_context"] = true });

    public SpokenMessage? Read(JsonElement message)
    {
        var context = VendorJson.TextOrNull(message, "contextId") ?? VendorJson.TextOrNull(message, "context_id");
        if (VendorJson.TextOrNull(message, "error") is { } error)
        {
            var fault = VendorFaultReader.Read(0, message);
            return new SpokenMessage(context) { Fault = errors.From(fault with { Code = $"{fault.Code} {error}" }) };
        }

        var audio = VendorJson.Text(message, "audio").Length > 0 ? message.GetProperty("audio").GetBytesFromBase64() : [];
        var words = Words(message);
        return new SpokenMessage(context)
        {
            Audio = audio,
            Words = words,
            // Times count from a message's own audio; a server that counted from the first would begin behind it.
            CountsFromMessage = words.Count > 0 && words[0].Start < Format.DurationOf(audio.Length / sizeof(short)),
            IsLast = VendorJson.Flag(message, "isFinal") || VendorJson.Flag(message, "is_final"),
        };
    }

    public ProviderException Closed(int? status, string? description) => errors.Closed(status, description);

    private static ReadOnlyMemory<byte> Write(Dictionary<string, object> message) => JsonSerializer.SerializeToUtf8Bytes(message);

    /// <summary>Characters joined to words with the blanks behind them.</summary>
    private static List<SpokenWord> Words(JsonElement message)
    {
        var words = new List<SpokenWord>();
        if (!TryGet(message, out var alignment, "alignment", "normalizedAlignment", "normalized_alignment")
            || !TryGet(alignment, out var chars, "chars") || !TryGet(alignment, out var starts, "charStartTimesMs", "charsStartTimesMs", "char_start_times_ms"))
        {
            return words;
        }

        var (word, start) = ("", TimeSpan.Zero);
        foreach (var (letter, at) in chars.EnumerateArray().Zip(starts.EnumerateArray()))
        {
            var text = letter.GetString()!;
            if (word.Length > 0 && char.IsWhiteSpace(word[^1]) && !string.IsNullOrWhiteSpace(text))
            {
                words.Add(new SpokenWord(word, start));
                word = "";
            }

            start = word.Length == 0 ? TimeSpan.FromMilliseconds(at.GetDouble()) : start;
            word += text;
        }

        if (word.Length > 0)
        {
            words.Add(new SpokenWord(word, start));
        }

        return words;
    }

    private static bool TryGet(JsonElement element, out JsonElement value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.TryGetProperty(name, out value) && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return true;
            }
        }

        value = default;
        return false;
    }
}
