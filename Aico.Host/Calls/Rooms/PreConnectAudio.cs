using System.Globalization;
using System.Runtime.InteropServices;
using Aico.Abstractions.Audio;
using Aico.Host.Audio;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Calls.Rooms;

/// <summary>What a caller said while the connection was being made, as frontends send it.</summary>
internal static class PreConnectAudio
{
    public const string Topic = "lk.agent.pre-connect-audio-buffer";

    /// <summary>How long it is waited for where the publication promises it.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(3);

    /// <summary>Older than this when the microphone opens it belongs to something else.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>As 16 kHz mono; null, with the reason, where it is not raw PCM of a rate that we know.</summary>
    public static short[]? Read(RoomEvent.BytesReceived stream, out string reason)
    {
        reason = "";
        if (stream.MimeType.StartsWith("audio/opus", StringComparison.OrdinalIgnoreCase) || stream.MimeType.StartsWith("audio/webm", StringComparison.OrdinalIgnoreCase))
        {
            reason = $"it is {stream.MimeType}, and only raw PCM is read";
            return null;
        }

        if (!TryRead(stream, "sampleRate", out var rate) || rate is < Resampler.LowestRate or > Resampler.HighestRate
            || !TryRead(stream, "channels", out var channels) || channels is < 1 or > 2)
        {
            reason = "its sample rate or its channels are not given, or not known";
            return null;
        }

        var format = new AudioFormat(rate, channels);
        var samples = MemoryMarshal.Cast<byte, short>(stream.Bytes.Span[..(stream.Bytes.Length / (2 * channels) * 2 * channels)]);
        var most = format.SamplesIn(Longest);
        samples = samples.Length > most ? samples[^most..] : samples;
        var mono = new short[samples.Length / channels];
        PcmConversion.ToMono(samples, channels, mono);
        if (rate == AudioFormat.Speech.SampleRate)
        {
            return mono;
        }

        var resampler = new Resampler(rate, AudioFormat.Speech.SampleRate);
        var converted = new short[resampler.MaximumOutput(mono.Length) + resampler.MaximumFlushOutput];
        var written = resampler.Process(mono, converted);
        written += resampler.Flush(converted.AsSpan(written));
        return converted[..written];
    }

    private static bool TryRead(RoomEvent.BytesReceived stream, string name, out int value) =>
        int.TryParse(stream.Attributes.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
