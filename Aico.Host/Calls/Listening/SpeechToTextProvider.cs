using Aico.Abstractions.SpeechToText;
using Aico.Host.Providers.Fallback;

namespace Aico.Host.Calls.Listening;

/// <summary>A speech-to-text provider of either form. A chain may hold both: each serves as the other where it has to.</summary>
internal sealed class SpeechToTextProvider
{
    private SpeechToTextProvider(ISpeechToText streaming, IBatchSpeechToText batch, bool isStreaming) =>
        (Streaming, Batch, IsStreaming) = (streaming, batch, isStreaming);

    /// <summary>True where it hears all the time; false where it reads whole utterances.</summary>
    public bool IsStreaming { get; }

    /// <summary>It as one that hears all the time: a provider of whole utterances then reads what lies between two flushes.</summary>
    public ISpeechToText Streaming { get; }

    /// <summary>It as one that reads whole utterances: a streaming provider then hears each in a session of its own.</summary>
    public IBatchSpeechToText Batch { get; }

    /// <param name="provider">An <see cref="ISpeechToText"/> or an <see cref="IBatchSpeechToText"/>.</param>
    public static SpeechToTextProvider Of(object provider) => provider switch
    {
        ISpeechToText streaming => new SpeechToTextProvider(streaming, new SessionSpeechToText(streaming), isStreaming: true),
        IBatchSpeechToText batch => new SpeechToTextProvider(new UtteranceSpeechToText(batch), batch, isStreaming: false),
        _ => throw new ArgumentException($"{provider.GetType().Name} is no speech-to-text provider.", nameof(provider)),
    };

    /// <summary>A chain of one.</summary>
    public static ProviderChain<SpeechToTextProvider> Alone(string key, object provider) => ProviderChain<SpeechToTextProvider>.Of(key, Of(provider));
}
