using Aico.Host.LiveKit.Worker;

namespace Aico.Host.Telemetry.Live;

/// <summary>The worker at one moment.</summary>
/// <param name="State">How it is.</param>
/// <param name="Places">The most calls at once.</param>
internal sealed record WorkerReading(WorkerState State, int Places);
