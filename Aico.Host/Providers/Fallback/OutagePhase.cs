namespace Aico.Host.Providers.Fallback;

/// <summary>Where an outage stands.</summary>
internal enum OutagePhase
{
    /// <summary>Left alone.</summary>
    Cooling,

    /// <summary>A probe is under way.</summary>
    Probing,

    /// <summary>One call is trying a provider that has no probe.</summary>
    OnTrial,

    /// <summary>The probe was answered. A success ends the outage, a failure makes it worse.</summary>
    Recovering,
}
