namespace Aico.Host.Calls.TurnTaking;

/// <summary>Judges from the words of the turn so far. Called on the call's loop: it must not block, and answers within a millisecond.</summary>
internal interface IEndOfTurnPredictor
{
    /// <param name="text">Interim or final text of the whole turn so far.</param>
    /// <param name="language">A tag such as en or de-AT; null where it is not known.</param>
    TurnCompleteness Predict(string text, string? language);
}
