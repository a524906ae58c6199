using Aico.Host.Calls;

namespace Aico.Host.Telemetry;

/// <summary>The stages of a call as telemetry names them.</summary>
internal static class StageCode
{
    public static string Of(CallStage stage) => stage switch
    {
        CallStage.VoiceActivity => "vad",
        CallStage.SpeechToText => "stt",
        CallStage.LanguageModel => "llm",
        CallStage.TextToSpeech => "tts",
        CallStage.Tool => "tool",
        CallStage.Transport => "transport",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "No such stage."),
    };
}
