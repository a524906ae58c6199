namespace Aico.Host.Calls.TurnTaking;

/// <summary>What the turn detector wants done.</summary>
internal abstract record TurnAction
{
    /// <summary>Start an answer to these words ahead of the decision.</summary>
    internal sealed record Prepare(string Words) : TurnAction;

    /// <summary>Throw the prepared answer away.</summary>
    internal sealed record Discard : TurnAction;

    /// <summary>The turn is over: answer it.</summary>
    internal sealed record Take(string Words, TimeSpan Start, TimeSpan End, TimeSpan Delay) : TurnAction;

    /// <summary>Stop sounding for now: the caller may be taking the turn.</summary>
    internal sealed record Hold : TurnAction;

    /// <summary>It was nothing: go on where the speech stopped.</summary>
    internal sealed record Release : TurnAction;

    /// <summary>The caller has taken the turn from an agent that was heard: give the answer up.</summary>
    internal sealed record Interrupt : TurnAction;

    /// <summary>The caller goes on with a turn whose answer was not heard yet: it was not over.</summary>
    internal sealed record Reopen : TurnAction;

    /// <summary>What was said up to this time needs no answer; late where it is given up because no words came for it.</summary>
    internal sealed record Forget(TimeSpan Until, bool IsLate) : TurnAction;
}
