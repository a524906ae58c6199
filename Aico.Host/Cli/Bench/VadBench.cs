using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.VoiceActivity;

namespace Aico.Host.Cli.Bench;

/// <summary>Listens to a minute of speech and silence, window by window.</summary>
internal static class VadBench
{
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(1);

    public static async Task<EngineBenchResult> RunAsync(EngineBenchRequest bench, CancellationToken ct)
    {
        await bench.Progress.WriteLineAsync($"loading {bench.Key}");
        var started = TimeProvider.System.GetTimestamp();
        var detector = (IVoiceActivityDetector)bench.Make(ProviderKind.VoiceActivity);
        using (var first = detector.Open())
        {
            first.Detect(new short[detector.WindowSamples]);
        }

        var load = Callers.Elapsed(started);
        var clips = await BenchHost.SpeechAsync(bench.Host, ct);
        if (detector.SampleRate != 16_000)
        {
            throw new CliException($"{bench.Key} listens at {detector.SampleRate} Hz; the speech here has 16000 Hz.", ExitCode.Failed);
        }

        var audio = Minute(clips);
        await bench.Progress.WriteLineAsync("listening to one caller");
        var micros = new List<double>();
        var speech = Listen(detector, audio, micros, out var allocated);
        var windowMs = detector.WindowSamples * 1000.0 / detector.SampleRate;

        await bench.Progress.WriteLineAsync($"listening to {bench.Calls} callers at once");
        var (_, whole) = await Callers.RunAsync(Enumerable.Range(0, bench.Calls).ToList(), bench.Calls, caller =>
        {
            ct.ThrowIfCancellationRequested();
            Listen(detector, audio, null, out var _);
            return Task.FromResult(0.0);
        });
        (detector as IDisposable)?.Dispose();

        var one = Percentiles.Of(micros)!;
        var factor = micros.Sum() / 1000 / (micros.Count * windowMs);
        var throughput = Duration.TotalSeconds * bench.Calls / (whole / 1000);
        return new EngineBenchResult(
            new JsonObject
            {
                ["provider"] = bench.Key,
                ["windows"] = micros.Count,
                ["windowMs"] = windowMs,
                ["loadMs"] = Math.Round(load, 1),
                ["detectMicroseconds"] = one.ToJson(),
                ["realTimeFactor"] = Math.Round(factor, 5),
                ["allocatedBytesPerWindow"] = Math.Round(allocated, 1),
                ["speechShare"] = Math.Round(speech, 3),
                ["parallel"] = new JsonObject { ["calls"] = bench.Calls, ["audioSecondsPerSecond"] = Math.Round(throughput, 1) },
            },
            FormattableString.Invariant($"""
                {bench.Key}: {micros.Count} windows of {windowMs:0.#} ms
                load and first window   {load:0} ms
                a window                {one} µs, {allocated:0.0} bytes allocated
                real-time factor        {factor:0.00000}: one core listens to {1 / factor:0} callers
                speech found            {speech * 100:0} % of the windows
                {bench.Calls} callers at once       {throughput:0} s of audio a second
                """));
    }

    private static short[] Minute(IReadOnlyList<BenchClip> clips)
    {
        var loop = new SpeechLoop(clips.Select(clip => clip.Samples), TimeSpan.FromSeconds(1));
        var audio = new short[(int)Duration.TotalSeconds * 16_000];
        for (var frame = 0; frame < audio.Length / SpeechLoop.FrameSamples; frame++)
        {
            loop.Frame(frame).Span.CopyTo(audio.AsSpan(frame * SpeechLoop.FrameSamples));
        }

        return audio;
    }

    /// <summary>Returns the share of windows that hold speech.</summary>
    private static double Listen(IVoiceActivityDetector detector, short[] audio, List<double>? micros, out double allocatedPerWindow)
    {
        using var stream = detector.Open();
        var windows = audio.Length / detector.WindowSamples;
        micros?.EnsureCapacity(windows);
        var found = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < windows; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            found += stream.Detect(audio.AsSpan(i * detector.WindowSamples, detector.WindowSamples)) > 0.5f ? 1 : 0;
            micros?.Add(Callers.Elapsed(began) * 1000);
        }

        allocatedPerWindow = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / windows;
        return (double)found / windows;
    }
}
