using Aico.Abstractions;

namespace Aico.Plugins.Tests.Faults;

/// <summary>What became of one call.</summary>
/// <param name="Subject">Which provider came first.</param>
/// <param name="Fault">What it suffered.</param>
internal sealed record FaultCell(FaultSubject Subject, Fault Fault)
{
    /// <summary>Why the fault cannot happen; null where it has.</summary>
    public string? Excuse { get; init; }

    /// <summary>Who answered the caller; null where nobody did.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>How the first provider failed; null where it did not.</summary>
    public ProviderFailure? Failure { get; init; }

    /// <summary>What it said.</summary>
    public string Message { get; init; } = "";

    /// <summary>From the beginning of the first attempt to that of the second provider's.</summary>
    public TimeSpan Failover { get; init; }

    /// <summary>The longest that may take.</summary>
    public TimeSpan Bound { get; init; }

    /// <summary>True where the host's budget ended the attempt, false where the provider itself did.</summary>
    public bool IsOutOfTime => Failure == ProviderFailure.TimedOut && Message.Contains("within", StringComparison.Ordinal);

    /// <summary>As the table writes it.</summary>
    public string Text => Excuse is not null ? "–"
        : AnsweredBy is null ? "**no answer**"
        : Failure is null ? "answers"
        : $"{Failure}, {(IsOutOfTime ? "budget" : "at once")}{(AnsweredBy == EverWorking.First ? ", answers" : "")}";

    public override string ToString() => $"{Subject.Name} × {Fault.Name}: {Text}, after {Failover.TotalMilliseconds:0} of {Bound.TotalMilliseconds:0} ms. {Message}";
}
