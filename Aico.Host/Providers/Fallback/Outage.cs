using Aico.Abstractions;

namespace Aico.Host.Providers.Fallback;

/// <summary>One thing that is out. Guarded by its <see cref="ProviderHealth"/>.</summary>
internal sealed class Outage
{
    public required OutageKey Key { get; init; }

    public required ProviderException Fault { get; set; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Since { get; init; }

    public OutagePhase Phase { get; set; }

    /// <summary>Failures in a row before the latest.</summary>
    public int Step { get; set; }

    /// <summary>The host's monotonic time at which the phase ends by itself.</summary>
    public long Until { get; set; }
}
