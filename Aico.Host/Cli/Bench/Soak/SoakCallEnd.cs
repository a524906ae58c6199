namespace Aico.Host.Cli.Bench.Soak;

/// <summary>What became of a call.</summary>
/// <param name="Answered">Turns that the caller heard an answer to.</param>
/// <param name="Unanswered">Turns that the caller heard none to.</param>
/// <param name="Failed">Why it could not be held; null where it was.</param>
internal sealed record SoakCallEnd(int Answered, int Unanswered, string? Failed = null);
