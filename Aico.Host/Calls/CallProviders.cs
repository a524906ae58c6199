using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls;

/// <summary>
/// The providers of one call with the keys they are known by. Exactly one of the speech-to-text forms is set, or none for a typed
/// conversation; without text-to-speech the agent only writes. The call does not dispose them.
/// </summary>
internal sealed record CallProviders
{
    public string? SpeechToTextKey { get; init; }

    public ISpeechToText? SpeechToText { get; init; }

    public IBatchSpeechToText? BatchSpeechToText { get; init; }

    public string? TextToSpeechKey { get; init; }

    public ITextToSpeech? TextToSpeech { get; init; }

    public required string LanguageModelKey { get; init; }

    public required IChatClient LanguageModel { get; init; }

    public string? VoiceActivityKey { get; init; }

    /// <summary>Null: the call falls back to its own energy-based detector.</summary>
    public IVoiceActivityDetector? VoiceActivity { get; init; }
}
