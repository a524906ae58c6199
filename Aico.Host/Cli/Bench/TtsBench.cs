using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;

namespace Aico.Host.Cli.Bench;

/// <summary>Speaks twenty sentences and counts the time.</summary>
internal static class TtsBench
{
    public static IReadOnlyList<string> Sentences { get; } =
    [
        "Good morning, how can I help you today?", "Your parcel left our warehouse on Tuesday.", "It should be with you by noon tomorrow.",
        "Would you like me to send it to another address?", "I can offer you a table for four at seven.", "The kitchen closes at half past ten.",
        "Let me look that up for you.", "Your account was charged twice, and I am sorry about that.", "I have just sent the second payment back.",
        "Please allow three days for it to arrive.", "The next train leaves from platform nine.", "It calls at every station on the way.",
        "Rain is expected in the afternoon.", "The evening will be dry but windy.", "Take the second street on the left.",
        "The pharmacy is right beside the bank.", "Could you spell your last name for me?", "Thank you, I have found your booking.",
        "Is there anything else that I can do for you?", "Goodbye, and have a pleasant day.",
    ];

    public static async Task<EngineBenchResult> RunAsync(EngineBenchRequest bench, CancellationToken ct)
    {
        await bench.Progress.WriteLineAsync($"loading {bench.Key}");
        var started = TimeProvider.System.GetTimestamp();
        var provider = (ITextToSpeech)bench.Make(ProviderKind.TextToSpeech);
        await Synthesis.SpeakAsync(provider, Sentences[0], ct);
        var load = Callers.Elapsed(started);

        await bench.Progress.WriteLineAsync($"speaking {Sentences.Count} sentences, one at a time");
        var alone = new List<Synthesis>();
        foreach (var sentence in Sentences)
        {
            alone.Add(await Synthesis.SpeakAsync(provider, sentence, ct));
        }

        await bench.Progress.WriteLineAsync($"speaking for {bench.Calls} calls at once");
        var many = Enumerable.Repeat(Sentences, bench.Calls).SelectMany(all => all).ToList();
        var (parallel, whole) = await Callers.RunAsync(many, bench.Calls, async sentence => (await Synthesis.SpeakAsync(provider, sentence, ct)).FirstAudioMs);
        await bench.Progress.WriteLineAsync("cutting speech off");
        var text = string.Join(' ', Sentences);
        var cancels = new List<double>();
        for (var i = 0; i < Sentences.Count; i++)
        {
            cancels.Add(await Synthesis.CancelAsync(provider, text, ct));
        }

        (provider as IDisposable)?.Dispose();

        var seconds = alone.Sum(speech => speech.Seconds);
        var factor = alone.Sum(speech => speech.TookMs) / 1000 / seconds;
        var throughput = seconds * bench.Calls / (whole / 1000);
        var (one, all) = (Percentiles.Of(alone.Select(speech => speech.FirstAudioMs))!, Percentiles.Of(parallel)!);
        var cancel = CancelTimes.Of(cancels)!;
        return new EngineBenchResult(
            new JsonObject
            {
                ["provider"] = bench.Key,
                ["sentences"] = Sentences.Count,
                ["audioSeconds"] = Math.Round(seconds, 1),
                ["loadMs"] = Math.Round(load, 1),
                ["realTimeFactor"] = Math.Round(factor, 4),
                ["firstAudioMs"] = one.ToJson(),
                ["cancelMs"] = cancel.ToJson(),
                ["parallel"] = new JsonObject { ["calls"] = bench.Calls, ["audioSecondsPerSecond"] = Math.Round(throughput, 1), ["firstAudioMs"] = all.ToJson() },
            },
            FormattableString.Invariant($"""
                {bench.Key}: {Sentences.Count} sentences, {seconds:0.0} s of speech
                load and first sentence   {load:0} ms
                real-time factor          {factor:0.000}
                first audio               {one} ms
                cut off                   {cancel} ms (the contract allows 100)
                {bench.Calls} calls at once           {throughput:0.0} s of speech a second; first audio {all} ms
                """));
    }
}
