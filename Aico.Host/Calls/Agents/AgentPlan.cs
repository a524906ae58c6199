using Aico.Host.Providers;

namespace Aico.Host.Calls.Agents;

/// <summary>An agent with its providers, checked.</summary>
internal record AgentPlan
{
    public required AgentSettings Agent { get; init; }

    /// <summary>Null where nothing is spoken to the agent.</summary>
    public ProviderChoice? SpeechToText { get; init; }

    /// <summary>Null where the agent only writes.</summary>
    public ProviderChoice? TextToSpeech { get; init; }

    public required ProviderChoice LanguageModel { get; init; }

    /// <summary>Null: the host's own energy-based detector.</summary>
    public ProviderChoice? VoiceActivity { get; init; }

    /// <summary>Things that the person should know although it can begin.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
