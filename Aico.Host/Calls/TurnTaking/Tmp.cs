namespace Aico.Host.Calls.TurnTaking;
internal enum TurnCompleteness { Incomplete, Unclear, Complete }
internal interface IEndOfTurnPredictor { TurnCompleteness Predict(string text, string? language); }
internal sealed class EndOfTurnHeuristic : IEndOfTurnPredictor { public TurnCompleteness Predict(string text, string? language) => text.EndsWith(" and", StringComparison.Ordinal) ? TurnCompleteness.Incomplete : text.EndsWith('.') || text.EndsWith('?') ? TurnCompleteness.Complete : TurnCompleteness.Unclear; }
internal static class Backchannel { public static bool IsOnlyBackchannel(string text, string? language, IReadOnlyList<string>? custom) => text.Trim('.').Equals("mm-hm", StringComparison.OrdinalIgnoreCase); }
