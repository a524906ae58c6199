using Aico.Abstractions.Audio;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.SpeechToText;

namespace Aico.Host.Cli.Bench;

/// <summary>Cuts speech-to-text off in the middle of its work.</summary>
internal static class CutHearing
{
    // By then a decode is under way, or a request with its server.
    private static readonly TimeSpan UnderWay = TimeSpan.FromMilliseconds(50);

    // Moonshine takes up to 28 s in one piece, and a second or less for it.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan FrameLength = TimeSpan.FromMilliseconds(20);

    /// <summary>Milliseconds from the cancellation until the provider gave up; null where it was done before.</summary>
    public static Task<double?> MeasureAsync(object provider, AudioFrame speech, SpeechToTextRequest request, CancellationToken ct) =>
        provider is IBatchSpeechToText batch ? CutReadingAsync(batch, speech, request, ct) : CutSessionAsync((ISpeechToText)provider, speech, request, ct);

    /// <summary>The clips one after the other and again, for long enough to be cut off.</summary>
    public static AudioFrame Long(IEnumerable<BenchClip> clips)
    {
        var most = AudioFormat.Speech.SamplesIn(Longest);
        var once = clips.SelectMany(clip => clip.Samples.ToArray()).ToArray();
        var samples = new short[once.Length == 0 ? 0 : most];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = once[i % once.Length];
        }

        return new AudioFrame(AudioFormat.Speech, samples, TimeSpan.Zero);
    }

    private static async Task<double?> CutReadingAsync(IBatchSpeechToText provider, AudioFrame speech, SpeechToTextRequest request, CancellationToken ct)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = provider.TranscribeAsync(speech, request, cut.Token).AsTask();
        await Task.WhenAny(reading, Task.Delay(UnderWay, TimeProvider.System, ct));
        var started = TimeProvider.System.GetTimestamp();
        cut.Cancel();
        try
        {
            await reading;
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Callers.Elapsed(started);
        }
    }

    private static async Task<double?> CutSessionAsync(ISpeechToText provider, AudioFrame speech, SpeechToTextRequest request, CancellationToken ct)
    {
        await using var session = await provider.OpenAsync(request, ct);
        await using var events = session.ReadAsync(ct).GetAsyncEnumerator(ct);
        var first = events.MoveNextAsync();
        await SendAsync(session, speech, ct);
        await session.FlushAsync(ct);
        if (!await first)
        {
            return null;
        }

        // What it is cut off from.
        await SendAsync(session, speech, ct);
        var rest = DrainAsync(events);
        var started = TimeProvider.System.GetTimestamp();
        await session.DisposeAsync();
        await rest;
        return Callers.Elapsed(started);
    }

    private static async Task SendAsync(IDuplexSession<AudioFrame, TranscriptEvent> session, AudioFrame speech, CancellationToken ct)
    {
        var frame = speech.Format.SamplesIn(FrameLength);
        var length = Math.Min(speech.Samples.Length, speech.Format.SamplesIn(TimeSpan.FromSeconds(2)));
        for (var start = 0; start < length; start += frame)
        {
            var piece = speech.Samples[start..Math.Min(start + frame, length)];
            await session.SendAsync(new AudioFrame(speech.Format, piece, speech.Format.DurationOf(start)), ct);
        }
    }

    private static async Task DrainAsync(IAsyncEnumerator<TranscriptEvent> events)
    {
        while (await events.MoveNextAsync())
        {
            // What was heard before the disposal is still read.
        }
    }
}
