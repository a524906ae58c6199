using Aico.Abstractions;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Cli.Talk;

namespace Aico.Host.Cli.Bench;

/// <summary>One sentence spoken by a provider.</summary>
/// <param name="FirstAudioMs">Time until its first audio came.</param>
/// <param name="TookMs">Time until all of it was there.</param>
/// <param name="Samples">The speech.</param>
/// <param name="SampleRate">Its rate.</param>
internal sealed record Synthesis(double FirstAudioMs, double TookMs, short[] Samples, int SampleRate)
{
    public double Seconds => (double)Samples.Length / SampleRate;

    public static async Task<Synthesis> SpeakAsync(ITextToSpeech provider, string text, CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var session = await provider.OpenAsync(new TextToSpeechRequest(CallIdentity.None) { Language = "en" }, ct);
        await session.SendAsync(text, ct);
        await session.CompleteAsync(ct);
        double? first = null;
        var (samples, rate) = (new List<short>(), 0);
        await foreach (var chunk in session.ReadAsync(ct))
        {
            if (chunk.Audio.Samples.Length > 0)
            {
                first ??= Callers.Elapsed(started);
                rate = chunk.Audio.Format.SampleRate;
                samples.AddRange(chunk.Audio.Samples.Span);
            }
        }

        return first is { } at
            ? new Synthesis(at, Callers.Elapsed(started), [.. samples], rate)
            : throw new ProviderException(ProviderFailure.ProtocolError, $"The provider spoke nothing for \"{text}\".");
    }

    /// <summary>
    /// Milliseconds from disposing a session that speaks a long text, as an interruption does, until nothing of it runs any more:
    /// disposal and the pending read have ended. The contract allows 100.
    /// </summary>
    public static async Task<double> CancelAsync(ITextToSpeech provider, string text, CancellationToken ct)
    {
        await using var session = await provider.OpenAsync(new TextToSpeechRequest(CallIdentity.None) { Language = "en" }, ct);
        await using var chunks = session.ReadAsync(ct).GetAsyncEnumerator(ct);
        await session.SendAsync(text, ct);
        await session.FlushAsync(ct);
        await chunks.MoveNextAsync();
        var rest = DrainAsync(chunks);
        var started = TimeProvider.System.GetTimestamp();
        await session.DisposeAsync();
        await rest;
        return Callers.Elapsed(started);
    }

    /// <summary>The speech as a caller's: 16 kHz.</summary>
    public BenchClip AsCaller(string text) => new(text, text, CallerAudio.Resample(Samples, SampleRate, 16_000));

    private static async Task DrainAsync(IAsyncEnumerator<SpeechChunk> chunks)
    {
        while (await chunks.MoveNextAsync())
        {
            // What was made before the disposal is still read.
        }
    }
}
