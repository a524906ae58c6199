using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;

namespace Aico.Host.Cli.Bench;

/// <summary>Reads human speech and counts time and words.</summary>
internal static class SttBench
{
    private static readonly SpeechToTextRequest Request = new(AudioFormat.Speech, CallIdentity.None) { Language = "en" };

    private const int Cuts = 20;

    public static async Task<EngineBenchResult> RunAsync(EngineBenchRequest bench, CancellationToken ct)
    {
        var clips = BenchSpeech.Human();
        if (clips.Count == 0)
        {
            throw new CliException($"There is no speech with transcripts to read: install Debian's {BenchSpeech.Package}.", ExitCode.Failed);
        }

        await bench.Progress.WriteLineAsync($"loading {bench.Key}");
        var started = TimeProvider.System.GetTimestamp();
        var provider = bench.Make(ProviderKind.SpeechToText);
        await ReadAsync(provider, clips[0], ct);
        var load = Callers.Elapsed(started);

        await bench.Progress.WriteLineAsync($"reading {clips.Count} clips, one at a time");
        var errors = new WordErrorRate(0, 0);
        var alone = new List<double>();
        foreach (var clip in clips)
        {
            started = TimeProvider.System.GetTimestamp();
            var text = await ReadAsync(provider, clip, ct);
            alone.Add(Callers.Elapsed(started));
            errors += WordErrorRate.Between(clip.Text, text);
        }

        await bench.Progress.WriteLineAsync($"reading for {bench.Calls} calls at once");
        var many = Enumerable.Repeat(clips, bench.Calls).SelectMany(all => all).ToList();
        var (parallel, whole) = await Callers.RunAsync(many, bench.Calls, async clip =>
        {
            var began = TimeProvider.System.GetTimestamp();
            await ReadAsync(provider, clip, ct);
            return Callers.Elapsed(began);
        });
        await bench.Progress.WriteLineAsync("cutting hearing off");
        var cancels = new List<double>();
        var speech = CutHearing.Long(clips);
        for (var i = 0; i < Cuts; i++)
        {
            if (await CutHearing.MeasureAsync(provider, speech, Request, ct) is { } took)
            {
                cancels.Add(took);
            }
        }

        (provider as IDisposable)?.Dispose();

        var seconds = clips.Sum(clip => clip.Duration.TotalSeconds);
        var factor = alone.Sum() / 1000 / seconds;
        var throughput = many.Sum(clip => clip.Duration.TotalSeconds) / (whole / 1000);
        var (one, all) = (Percentiles.Of(alone)!, Percentiles.Of(parallel)!);
        var cancel = CancelTimes.Of(cancels);
        return new EngineBenchResult(
            new JsonObject
            {
                ["provider"] = bench.Key,
                ["clips"] = clips.Count,
                ["audioSeconds"] = Math.Round(seconds, 1),
                ["loadMs"] = Math.Round(load, 1),
                ["realTimeFactor"] = Math.Round(factor, 4),
                ["latencyMs"] = one.ToJson(),
                ["cancelMs"] = cancel?.ToJson(),
                ["wordErrorRate"] = Math.Round(errors.Rate, 4),
                ["words"] = errors.Words,
                ["parallel"] = new JsonObject { ["calls"] = bench.Calls, ["audioSecondsPerSecond"] = Math.Round(throughput, 1), ["latencyMs"] = all.ToJson() },
            },
            FormattableString.Invariant($"""
                {bench.Key}: {clips.Count} clips, {seconds:0.0} s of human speech
                load and first clip   {load:0} ms
                real-time factor      {factor:0.000}
                latency of a clip     {one} ms
                cut off               {(cancel is null ? "never: each reading was over before" : $"{cancel} ms (the contract allows 100)")}
                word errors           {errors.Rate * 100:0.0} % of {errors.Words} words
                {bench.Calls} calls at once       {throughput:0.0} s of speech a second; latency {all} ms
                """));
    }

    private static async Task<string> ReadAsync(object provider, BenchClip clip, CancellationToken ct)
    {
        var audio = new AudioFrame(AudioFormat.Speech, clip.Samples, TimeSpan.Zero);
        if (provider is IBatchSpeechToText batch)
        {
            return (await batch.TranscribeAsync(audio, Request, ct)).Text;
        }

        // A streaming provider gets all of it at once: what is measured is its pace, not the caller's.
        await using var session = await ((ISpeechToText)provider).OpenAsync(Request, ct);
        await session.SendAsync(audio, ct);
        await session.CompleteAsync(ct);
        var text = new List<string>();
        await foreach (var heard in session.ReadAsync(ct))
        {
            if (heard is FinalTranscript { Transcript.Text.Length: > 0 } final)
            {
                text.Add(final.Transcript.Text);
            }
        }

        return string.Join(' ', text);
    }
}
