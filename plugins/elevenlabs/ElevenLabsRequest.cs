using System.Globalization;
using System.Net.Http.Json;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.ElevenLabs;

/// <summary>What both transports say of the voice, and the request of the one over HTTP.</summary>
internal static class ElevenLabsRequest
{
    public static string OutputFormat(ElevenLabsSettings settings) => string.Create(CultureInfo.InvariantCulture, $"pcm_{settings.SampleRate}");

    public static string Normalization(ElevenLabsSettings settings) => settings.ApplyTextNormalization switch
    {
        ElevenLabsNormalization.On => "on",
        ElevenLabsNormalization.Off => "off",
        _ => "auto",
    };

    /// <summary>What is set; the rest is the voice's own.</summary>
    public static Dictionary<string, object> VoiceSettings(ElevenLabsSettings settings) => Known(
        ("stability", settings.Stability), ("similarity_boost", settings.SimilarityBoost), ("style", settings.Style),
        ("use_speaker_boost", settings.UseSpeakerBoost), ("speed", settings.Speed));

    public static HttpRequestMessage Speak(ElevenLabsSettings settings, string voice, string? language, string text)
    {
        List<(string, string)> query = [("output_format", OutputFormat(settings))];
        if (!settings.EnableLogging)
        {
            query.Add(("enable_logging", "false"));
        }

        var own = VoiceSettings(settings);
        return new HttpRequestMessage(
            HttpMethod.Post, VendorAddress.Http(settings.BaseUrl, $"/v1/text-to-speech/{Uri.EscapeDataString(voice)}/stream", query))
        {
            Content = JsonContent.Create(Known(
                ("text", text), ("model_id", settings.Model), ("language_code", ElevenLabsModels.LanguageCode(settings.Model, language)),
                ("voice_settings", own.Count > 0 ? own : null), ("seed", settings.Seed), ("apply_text_normalization", Normalization(settings)))),
        };
    }

    private static Dictionary<string, object> Known(params IEnumerable<(string Name, object? Value)> fields) =>
        fields.Where(field => field.Value is not null).ToDictionary(field => field.Name, field => field.Value!);
}
