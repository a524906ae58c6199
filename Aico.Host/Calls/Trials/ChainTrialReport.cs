namespace Aico.Host.Calls.Trials;

/// <summary>What a run of a chain came to.</summary>
internal sealed record ChainTrialReport
{
    /// <summary>What the first provider was made to suffer; null for nothing.</summary>
    public InjectedFault? Injected { get; init; }

    /// <summary>True where the caller would have got an answer.</summary>
    public required bool Answered { get; init; }

    /// <summary>What the host itself found wrong, where nobody answered and no attempt says it.</summary>
    public string? Reason { get; init; }

    /// <summary>Who gave it.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>From the beginning of the first attempt to the beginning of the one that answered; zero where it was the first.</summary>
    public TimeSpan Failover { get; init; }

    /// <summary>From the beginning of the first attempt to the first result of the one that answered.</summary>
    public TimeSpan? FirstResult { get; init; }

    /// <summary>In their order.</summary>
    public required IReadOnlyList<EntryTrial> Attempts { get; init; }
}
