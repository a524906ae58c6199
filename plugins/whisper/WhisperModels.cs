using Aico.Plugins.Shared.OpenAIAudio;

namespace Aico.Plugins.Whisper;

/// <summary>What is known of the models, as it was in November 2026.</summary>
internal static class WhisperModels
{
    private static readonly DateOnly End = new(2027, 2, 26);

    public static IReadOnlyDictionary<string, DateOnly> Ending { get; } = new Dictionary<string, DateOnly>
    {
        ["whisper-1"] = End,
        ["gpt-4o-transcribe"] = End,
        ["gpt-4o-mini-transcribe"] = End,
        ["gpt-4o-transcribe-diarize"] = End,
    };

    /// <summary>False for OpenAI's language models that hear: they give the text alone.</summary>
    public static bool TellsSegments(string model) => !IsGpt(model);

    /// <summary>True where likely words have a field of their own; elsewhere they are part of the prompt.</summary>
    public static bool TakesKeywords(string model) => model.StartsWith("gpt-transcribe", StringComparison.Ordinal);

    /// <summary>True for those among all models of a vendor that hear.</summary>
    public static bool Hears(string model) =>
        model.Contains("whisper", StringComparison.OrdinalIgnoreCase) || (IsGpt(model) && !model.Contains("live", StringComparison.Ordinal));

    /// <summary>The model where none is set and the vendor is known, else "".</summary>
    public static string DefaultAt(string baseUrl) =>
        AudioHosts.IsOpenAI(baseUrl) ? "gpt-transcribe" : AudioHosts.IsGroq(baseUrl) ? "whisper-large-v3-turbo" : "";

    private static bool IsGpt(string model) =>
        model.StartsWith("gpt-", StringComparison.Ordinal) && model.Contains("transcribe", StringComparison.Ordinal);
}
