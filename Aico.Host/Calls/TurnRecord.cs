using Aico.Host.Calls.Speaking;

namespace Aico.Host.Calls;

/// <summary>
/// One turn as it happened: what the caller said and what the agent answered. The greeting and other words that the agent says
/// unasked have no caller text. All times are on the call's clock.
/// </summary>
internal sealed record TurnRecord
{
    public required int Number { get; init; }

    public string CallerText { get; init; } = "";

    public TimeSpan? CallerStart { get; init; }

    public TimeSpan? CallerEnd { get; init; }

    /// <summary>Everything that the agent meant to say.</summary>
    public string AgentText { get; init; } = "";

    /// <summary>What the caller heard of it: cut at the last word played.</summary>
    public string HeardText { get; init; } = "";

    public TimeSpan? AgentStart { get; init; }

    public TimeSpan? AgentEnd { get; init; }

    public bool Interrupted { get; init; }

    public CallTimings Timings { get; init; } = new();

    public IReadOnlyList<ToolCallRecord> ToolCalls { get; init; } = [];

    /// <param name="reply">The answer, which is over.</param>
    /// <param name="caller">What it answered; null where it was said unasked.</param>
    /// <param name="heard">The words of it that were heard.</param>
    /// <param name="interrupted">Whether it was cut off.</param>
    /// <param name="played">When its first sample was played; null for none.</param>
    /// <param name="now">Its end.</param>
    public static TurnRecord Of(Reply reply, CallerTurn? caller, string heard, bool interrupted, TimeSpan? played, TimeSpan now) => new()
    {
        Number = reply.Turn,
        CallerText = caller?.Words ?? "",
        CallerStart = caller?.Start,
        CallerEnd = caller?.End,
        AgentText = reply.Words,
        HeardText = heard,
        AgentStart = played,
        AgentEnd = played is null ? null : now,
        Interrupted = interrupted,
        ToolCalls = reply.ToolCalls,
        Timings = new CallTimings
        {
            EndOfSpeech = caller?.End,
            FinalText = caller?.FinalText,
            TurnDecided = caller?.Decided,
            FirstToken = reply.First.Token,
            FirstSentence = reply.First.Sentence,
            FirstAudio = reply.First.Audio,
            Played = played,
        },
    };
}
