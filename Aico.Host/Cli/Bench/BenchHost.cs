using Aico.Abstractions.Plugins;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;

namespace Aico.Host.Cli.Bench;

/// <summary>Brings what the benchmarks need from the host.</summary>
internal static class BenchHost
{
    // Holds the two seconds of an answer and the endpointing delay before it.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(3500);

    // A clip with a pause inside would be two turns, the second of which interrupts the answer to the first.
    private static readonly TimeSpan LongestUtterance = TimeSpan.FromSeconds(4);

    public static async Task<LoopBenchResult> RunLoopAsync(AicoHost host, int calls, TimeSpan duration, bool withTelemetry, TextWriter progress, CancellationToken ct)
    {
        using var telemetry = withTelemetry ? new BenchTelemetry(TimeProvider.System) : null;
        var clips = await SpeechAsync(host, ct);
        await progress.WriteLineAsync($"callers say {clips.Count} utterances: {(BenchSpeech.Human().Count > 0 ? "human speech" : "synthesized speech")}");
        var loop = new SpeechLoop(clips.Where(clip => clip.Duration <= LongestUtterance).Select(clip => clip.Samples), Silence);
        var request = new EngineBenchRequest(host, "silero", [], calls, progress);
        var detector = (IVoiceActivityDetector)request.Make(ProviderKind.VoiceActivity);
        var result = await new LoopBench(loop, request.Key, detector, progress) { Watch = telemetry is null ? null : telemetry.Open }.RunAsync(calls, duration, ct);
        (detector as IDisposable)?.Dispose();
        return result;
    }

    /// <summary>Human speech where it is installed, else speech that a built-in voice makes now.</summary>
    public static async Task<IReadOnlyList<BenchClip>> SpeechAsync(AicoHost host, CancellationToken ct)
    {
        var human = BenchSpeech.Human();
        if (human.Count > 0)
        {
            return human;
        }

        var key = host.Catalog.Find(ProviderKind.TextToSpeech, "flite") is null ? "espeak" : "flite";
        var voice = (ITextToSpeech)new EngineBenchRequest(host, key, [], 1, TextWriter.Null).Make(ProviderKind.TextToSpeech);
        var clips = new List<BenchClip>();
        foreach (var sentence in TtsBench.Sentences)
        {
            clips.Add((await Synthesis.SpeakAsync(voice, sentence, ct)).AsCaller(sentence));
        }

        (voice as IDisposable)?.Dispose();
        return clips;
    }
}
