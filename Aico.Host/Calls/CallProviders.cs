using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Calls.Listening;
using Aico.Host.Calls.Speaking;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls;

/// <summary>
/// The providers of one call, each kind a chain in fallback order. Without speech-to-text the conversation is typed; without
/// text-to-speech the agent only writes. The call does not dispose them.
/// </summary>
internal sealed record CallProviders
{
    public ProviderChain<SpeechToTextProvider>? SpeechToText { get; init; }

    public ProviderChain<ITextToSpeech>? TextToSpeech { get; init; }

    /// <summary>What can be said where no text-to-speech provider speaks; null: nothing.</summary>
    public IRecordings? Recordings { get; init; }

    public required ProviderChain<IChatClient> LanguageModel { get; init; }

    public string? VoiceActivityKey { get; init; }

    /// <summary>Null: the call falls back to its own energy-based detector.</summary>
    public IVoiceActivityDetector? VoiceActivity { get; init; }

    /// <summary>
    /// Gives the providers of the configuration as it is now; null where it has not changed. The call owns neither these nor those. Null
    /// itself: the call keeps to its end what it began with. Called by one task at a time.
    /// </summary>
    public Func<CancellationToken, ValueTask<CallProviders?>>? Renew { get; init; }

    /// <summary>The key of the first choice; null where there is none.</summary>
    public string? SpeechToTextKey => SpeechToText?.Primary.Key;

    /// <summary>The key of the first choice; null where there is none.</summary>
    public string? TextToSpeechKey => TextToSpeech?.Primary.Key;

    /// <summary>The key of the first choice.</summary>
    public string LanguageModelKey => LanguageModel.Primary.Key;
}
