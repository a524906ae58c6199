namespace Aico.Host.LiveKit.Access;

/// <summary>The result of checking a token: its claims, or why it does not count.</summary>
internal sealed record TokenCheck(TokenClaims? Claims, string? Refusal);
