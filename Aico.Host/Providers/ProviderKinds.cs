using Aico.Abstractions.Plugins;

namespace Aico.Host.Providers;

/// <summary>The short codes of the kinds of providers, as they are written everywhere outside the code.</summary>
internal static class ProviderKinds
{
    /// <summary>Every kind, in the order that a call passes them, with voice activity last.</summary>
    public static IReadOnlyList<ProviderKind> All { get; } =
        [ProviderKind.SpeechToText, ProviderKind.TextToSpeech, ProviderKind.LanguageModel, ProviderKind.VoiceActivity];

    /// <summary>Every code, in the same order.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. All.Select(Code)];

    /// <summary>The code of a kind: stt, tts, llm or vad.</summary>
    public static string Code(ProviderKind kind) => kind switch
    {
        ProviderKind.SpeechToText => "stt",
        ProviderKind.TextToSpeech => "tts",
        ProviderKind.LanguageModel => "llm",
        ProviderKind.VoiceActivity => "vad",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of provider."),
    };

    /// <summary>Reads a code; null where there is no such kind.</summary>
    public static ProviderKind? Parse(string? code)
    {
        foreach (var kind in All)
        {
            if (Code(kind) == code)
            {
                return kind;
            }
        }

        return null;
    }
}
