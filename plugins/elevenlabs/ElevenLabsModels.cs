namespace Aico.Plugins.ElevenLabs;

/// <summary>What the models take, as it was in November 2026.</summary>
internal static class ElevenLabsModels
{
    /// <summary>Refuse a language: they hear it from the text.</summary>
    private static readonly string[] WithoutLanguage =
        ["eleven_monolingual_v1", "eleven_multilingual_v1", "eleven_multilingual_v2", "eleven_flash_v2", "eleven_turbo_v2", "eleven_english_sts_v2"];

    /// <summary>True for versions 3 and 4, which the WebSockets of text-to-speech do not serve.</summary>
    public static bool NeedsHttp(string model) =>
        model.StartsWith("eleven_v3", StringComparison.OrdinalIgnoreCase) || model.StartsWith("eleven_v4", StringComparison.OrdinalIgnoreCase);

    /// <summary>The code that a model is told of a language; null where it is told none.</summary>
    public static string? LanguageCode(string model, string? language) =>
        string.IsNullOrEmpty(language) || WithoutLanguage.Contains(model, StringComparer.OrdinalIgnoreCase) ? null : language.Split('-')[0];
}
