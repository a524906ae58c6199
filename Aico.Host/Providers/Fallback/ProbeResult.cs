using Aico.Abstractions;

namespace Aico.Host.Providers.Fallback;

/// <summary>A probe that the host made.</summary>
/// <param name="Subject">Of what.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Fault">Null where the service would serve again.</param>
internal sealed record ProbeResult(HealthSubject Subject, TimeSpan Took, ProviderException? Fault);
