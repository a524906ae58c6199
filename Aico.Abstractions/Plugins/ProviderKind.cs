namespace Aico.Abstractions.Plugins;

/// <summary>The kinds of providers.</summary>
public enum ProviderKind
{
    /// <summary>Speech-to-text, "stt".</summary>
    SpeechToText,

    /// <summary>Text-to-speech, "tts".</summary>
    TextToSpeech,

    /// <summary>A language model, "llm".</summary>
    LanguageModel,

    /// <summary>Voice activity detection, "vad".</summary>
    VoiceActivity,
}
