using System.Text.Json;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Plugins.Shared.SpeechSockets;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Cartesia;

/// <summary>
/// The socket of contexts. Every message repeats voice, model, language and format, which a context cannot change. Texts are joined
/// as they are, so their blanks go along.
/// </summary>
internal sealed class CartesiaProtocol(CartesiaSettings settings, string voice, string? language, CartesiaErrors errors) : ISpeakingProtocol
{
    /// <summary>The first version in which a voice is its id alone, and no object with a mode.</summary>
    private const string VoiceIsId = "2026-08-14";

    public AudioFormat Format { get; } = new(settings.SampleRate, 1);

    public IEnumerable<ReadOnlyMemory<byte>> Speak(string context, string text, bool isFirst) => [Write(context, text, isMoreToCome: true)];

    public ReadOnlyMemory<byte> Flush(string context) =>
        settings.MaximumBufferDelayMs > 0 ? Write(context, "", isMoreToCome: true, ("flush", true)) : default;

    public IEnumerable<ReadOnlyMemory<byte>> Complete(string context) => [Write(context, "", isMoreToCome: false)];

    public ReadOnlyMemory<byte> Cancel(string context) =>
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["context_id"] = context, ["cancel"] = true });

    public SpokenMessage? Read(JsonElement message)
    {
        var context = VendorJson.TextOrNull(message, "context_id");
        return VendorJson.Text(message, "type") switch
        {
            "chunk" => new SpokenMessage(context) { Audio = message.GetProperty("data").GetBytesFromBase64() },
            "timestamps" when message.TryGetProperty("word_timestamps", out var times) && times.ValueKind == JsonValueKind.Object =>
                new SpokenMessage(context) { Words = Words(times) },
            "done" => new SpokenMessage(context) { IsLast = true },
            "error" => new SpokenMessage(context) { Fault = errors.From(VendorFaultReader.Read(Status(message), message)) },
            _ => null,
        };
    }

    public ProviderException Closed(int? status, string? description) => errors.Closed(status, description);

    private static List<SpokenWord> Words(JsonElement times) =>
    [
        .. times.GetProperty("words").EnumerateArray().Zip(times.GetProperty("start").EnumerateArray(), (word, start) =>
            new SpokenWord(word.GetString()!, TimeSpan.FromSeconds(Math.Clamp(start.GetDouble(), 0, 1e6)))),
    ];

    private static int Status(JsonElement message) => message.TryGetProperty("status_code", out var status) ? status.GetInt32() : 0;

    private byte[] Write(string context, string text, bool isMoreToCome, params ReadOnlySpan<(string Name, object? Value)> more)
    {
        var controls = Known(("speed", settings.Speed), ("volume", settings.Volume), ("emotion", settings.Emotion));
        var isId = string.CompareOrdinal(settings.ApiVersion, VoiceIsId) >= 0;
        (string, object?)[] fields =
        [
            ("model_id", settings.Model), ("transcript", text),
            ("voice", isId ? voice : new Dictionary<string, object> { ["mode"] = "id", ["id"] = voice }),
            ("output_format", new Dictionary<string, object> { ["container"] = "raw", ["encoding"] = "pcm_s16le", ["sample_rate"] = settings.SampleRate }),
            ("language", string.IsNullOrEmpty(language) ? null : language.Split('-')[0]),
            ("generation_config", controls.Count > 0 ? controls : null), ("pronunciation_dict_id", settings.PronunciationDictionary),
            ("add_timestamps", settings.WordTimes), ("max_buffer_delay_ms", settings.MaximumBufferDelayMs),
            ("context_id", context), ("continue", isMoreToCome), .. more,
        ];
        return JsonSerializer.SerializeToUtf8Bytes(Known(fields));
    }

    private static Dictionary<string, object> Known(params IEnumerable<(string Name, object? Value)> fields) =>
        fields.Where(field => field.Value is not null).ToDictionary(field => field.Name, field => field.Value!);
}
