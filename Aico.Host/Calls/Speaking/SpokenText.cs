using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Audio;

namespace Aico.Host.Calls.Speaking;

/// <summary>Speaks a text outside a call, whole.</summary>
internal static class SpokenText
{
    /// <returns>Mono samples at the rate asked for.</returns>
    /// <exception cref="ProviderException">The provider failed, or said nothing.</exception>
    public static async Task<short[]> SpeakAsync(ITextToSpeech provider, TextToSpeechRequest request, string text, int sampleRate, CancellationToken ct)
    {
        var samples = new List<short>();
        var rate = 0;
        try
        {
            await using var session = await provider.OpenAsync(request, ct);
            await session.SendAsync(text, ct);
            await session.CompleteAsync(ct);
            await foreach (var chunk in session.ReadAsync(ct))
            {
                rate = chunk.Audio.Format.SampleRate;
                samples.AddRange(Mono(chunk.Audio));
            }
        }
        catch (Exception e) when (e is not ProviderException && ProviderFault.Is(e, ct, out var fault))
        {
            throw fault;
        }

        return samples.Count > 0
            ? Resample([.. samples], rate, sampleRate)
            : throw new ProviderException(ProviderFailure.ProtocolError, "The text-to-speech provider ended without any audio.");
    }

    private static short[] Mono(AudioFrame audio)
    {
        if (audio.Format.Channels == 1)
        {
            return audio.Samples.ToArray();
        }

        var mono = new short[audio.Samples.Length / audio.Format.Channels];
        PcmConversion.ToMono(audio.Samples.Span, audio.Format.Channels, mono);
        return mono;
    }

    private static short[] Resample(short[] samples, int from, int to)
    {
        if (from == to)
        {
            return samples;
        }

        var resampler = new Resampler(from, to);
        var output = new short[resampler.MaximumOutput(samples.Length) + resampler.MaximumFlushOutput];
        var written = resampler.Process(samples, output);
        return output[..(written + resampler.Flush(output.AsSpan(written)))];
    }
}
