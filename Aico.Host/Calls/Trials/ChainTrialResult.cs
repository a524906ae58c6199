namespace Aico.Host.Calls.Trials;

/// <param name="Entries">Each provider alone, in the chain's order.</param>
/// <param name="Run">The chain.</param>
internal sealed record ChainTrialResult(IReadOnlyList<EntryTrial> Entries, ChainTrialReport Run);
