using Aico.Host.LiveKit.Access;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>What <c>aico bench soak</c> was asked for, checked.</summary>
/// <param name="LiveKit">The server; null: no rooms, the call loop in this process.</param>
/// <param name="Calls">At one time.</param>
/// <param name="Duration">How long calls are begun.</param>
/// <param name="Faults">Share of the requests to each first provider that suffer, 0 to 1.</param>
internal sealed record SoakRequest(LiveKitSettings? LiveKit, int Calls, TimeSpan Duration, double Faults);
