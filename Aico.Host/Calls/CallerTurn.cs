namespace Aico.Host.Calls;

/// <summary>What is known of the caller's side of a taken turn, for the record. Times are on the call's clock.</summary>
/// <param name="Words">What was said or typed.</param>
/// <param name="Start">Beginning of speech; null where it was typed.</param>
/// <param name="End">End of speech; null where it was typed.</param>
/// <param name="FinalText">When the final words were there.</param>
/// <param name="Decided">When the turn was decided.</param>
internal sealed record CallerTurn(string Words, TimeSpan? Start, TimeSpan? End, TimeSpan? FinalText, TimeSpan Decided);
