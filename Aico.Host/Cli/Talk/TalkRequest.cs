namespace Aico.Host.Cli.Talk;

/// <summary>What was asked of <c>aico talk</c>, as it was typed.</summary>
internal sealed record TalkRequest
{
    /// <summary>The caller's turns in the order of the command line; none for a typed chat.</summary>
    public IReadOnlyList<CallerInput> Turns { get; init; } = [];

    public string? Out { get; init; }

    public string? Timeline { get; init; }

    public bool Fast { get; init; }

    public bool Json { get; init; }

    public bool Verbose { get; init; }

    public string? Stt { get; init; }

    public string? Tts { get; init; }

    public string? Llm { get; init; }

    public string? Vad { get; init; }

    public string? Voice { get; init; }

    public string? Language { get; init; }

    public IReadOnlyList<string> Set { get; init; } = [];

    public string? EnvFile { get; init; }

    public string? Greeting { get; init; }

    public string? Instructions { get; init; }

    /// <summary>In seconds.</summary>
    public double? InterruptAfter { get; init; }

    /// <summary>In seconds.</summary>
    public double Pause { get; init; } = 0.6;

    /// <summary>In seconds; null for the default of the kind of conversation.</summary>
    public double? SilenceTimeout { get; init; }

    public bool HasAudio => Turns.Any(turn => turn.IsFile);

    public bool IsChat => Turns.Count == 0;

    /// <summary>One --in or --text.</summary>
    public sealed record CallerInput(string Value, bool IsFile);
}
