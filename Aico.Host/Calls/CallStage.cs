namespace Aico.Host.Calls;

/// <summary>The stages of a call that can fail.</summary>
internal enum CallStage
{
    VoiceActivity,
    SpeechToText,
    LanguageModel,
    Tool,
    TextToSpeech,
    Transport,
}
