namespace Aico.Host.Telemetry.Live;

/// <summary>One part of the latest turns' latency.</summary>
/// <param name="Name">endToEnd, transcription, endOfTurn, firstToken or firstAudio.</param>
/// <param name="Turns">How many turns came to it.</param>
/// <param name="Median">What half of them took at most.</param>
/// <param name="P95">What nineteen of twenty took at most.</param>
internal sealed record LatencySummary(string Name, int Turns, TimeSpan Median, TimeSpan P95);
