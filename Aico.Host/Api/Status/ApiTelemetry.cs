using Aico.Host.Telemetry.Live;

namespace Aico.Host.Api.Status;

/// <summary>What the host tells of itself.</summary>
/// <param name="Status">As it is now.</param>
/// <param name="WriteMetrics">All metrics in Prometheus' text format.</param>
internal sealed record ApiTelemetry(Func<HostStatus> Status, Func<string> WriteMetrics);
