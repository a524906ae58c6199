namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>A stretch of voice as a caller heard it. Times are milliseconds of <see cref="BenchTime"/>.</summary>
/// <param name="Begin">Its first voice.</param>
/// <param name="End">The end of its last voice.</param>
/// <param name="VoicedMs">Voice in it, to 10 ms.</param>
/// <param name="LongestGapMs">The longest silence inside, to 10 ms.</param>
/// <param name="Gaps">Silences inside that are longer than <see cref="HeardAudio.AudibleGapMs"/>.</param>
internal readonly record struct HeardReply(double Begin, double End, int VoicedMs, int LongestGapMs, int Gaps);
