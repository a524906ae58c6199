using Aico.Abstractions.Audio;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>What the callers say: utterances without a pause that could be taken for their end, cut to the speech, so that the end of speech is known.</summary>
internal static class CallerClips
{
    // The stand-in for speech-to-text ends an utterance after 100 ms of silence. The codec may make a quiet sound quieter than the stand-in takes for one.
    private const double PauseDb = VoiceLevel.SoundDb + 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(90);
    private static readonly TimeSpan LongestClip = TimeSpan.FromSeconds(4);

    // Less than it takes to interrupt would be heard as a false interruption.
    private static readonly TimeSpan ShortestClip = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<ReadOnlyMemory<short>>> ReadAsync(AicoHost host, CancellationToken ct)
    {
        var clips = (await BenchHost.SpeechAsync(host, ct)).Select(clip => Cut(clip.Samples)).Where(IsFit).ToList();
        return clips.Count > 0 ? clips : throw new CliException("There is no speech to measure with: install pocketsphinx-testdata.", ExitCode.Failed);
    }

    /// <summary>The speech alone: what follows it is digital silence.</summary>
    public static ReadOnlyMemory<short> Cut(ReadOnlyMemory<short> samples) =>
        VoiceLevel.Span(samples.Span, AudioFormat.Speech.SampleRate) is { } span ? samples[span.Begin..span.End] : default;

    private static bool IsFit(ReadOnlyMemory<short> clip) =>
        AudioFormat.Speech.DurationOf(clip.Length) is var duration
        && duration >= ShortestClip
        && duration <= LongestClip
        && VoiceLevel.LongestPause(PauseDb, clip.Span, AudioFormat.Speech.SampleRate) <= LongestPause;
}
