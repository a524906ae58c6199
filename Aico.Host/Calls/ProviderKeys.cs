namespace Aico.Host.Calls;

/// <summary>The providers that a call used; null where it had none of the kind.</summary>
internal sealed record ProviderKeys(string? Stt, string? Llm, string? Tts, string? Vad)
{
    public static ProviderKeys Of(CallProviders providers) =>
        new(providers.SpeechToTextKey, providers.LanguageModelKey, providers.TextToSpeechKey, providers.VoiceActivityKey);
}
