namespace Aico.Host.LiveKit.Access;

/// <summary>What a token may do with telephony.</summary>
internal sealed record SipGrant
{
    /// <summary>Trunks and rules.</summary>
    public bool? Admin { get; init; }

    /// <summary>Calls and transfers.</summary>
    public bool? Call { get; init; }
}
