using Aico.Host.Calls;

namespace Aico.Host.Cli.Talk;

/// <summary>A conversation that was checked and can begin.</summary>
internal sealed record TalkPlan
{
    public required IReadOnlyList<CallerLine> Turns { get; init; }

    public required CallerScriptSettings Script { get; init; }

    public required AgentSettings Agent { get; init; }

    /// <summary>Null for a conversation in which nothing is spoken to the agent.</summary>
    public ProviderChoice? SpeechToText { get; init; }

    /// <summary>Null for a conversation in which the agent only writes.</summary>
    public ProviderChoice? TextToSpeech { get; init; }

    public required ProviderChoice LanguageModel { get; init; }

    /// <summary>Null: the host's own energy-based detector.</summary>
    public ProviderChoice? VoiceActivity { get; init; }

    public string? Out { get; init; }

    public string? Timeline { get; init; }

    public bool Fast { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public bool HasAudio => Turns.Any(turn => turn is CallerLine.Spoken);

    public bool IsChat => Turns.Count == 0;

    public bool IsRecorded => Out is not null || Timeline is not null;
}
