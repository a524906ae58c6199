using Aico.Abstractions.Audio;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Tests.LiveKit.Rtc;

/// <summary>A sine, and how strong it is in what was heard.</summary>
internal static class Tone
{
    public const double Hertz = 600;

    public static short[] Make(AudioFormat format, TimeSpan duration, double hertz = Hertz)
    {
        var samples = new short[format.SamplesIn(duration)];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)(8000 * Math.Sin(2 * Math.PI * hertz * i / format.SampleRate));
        }

        return samples;
    }

    /// <summary>The amplitude at one frequency (Goertzel).</summary>
    public static double Strength(ReadOnlySpan<short> samples, AudioFormat format, double hertz = Hertz)
    {
        var factor = 2 * Math.Cos(2 * Math.PI * hertz / format.SampleRate);
        double last = 0, before = 0;
        foreach (var sample in samples)
        {
            (last, before) = (sample + (factor * last) - before, last);
        }

        return 2 * Math.Sqrt((last * last) + (before * before) - (factor * last * before)) / samples.Length;
    }

    /// <summary>Plays a tone, 20 ms at a time, until it is told to stop: a frame for each one that the library has taken.</summary>
    public static async Task PlayAsync(IPublishedAudio audio, CancellationToken ct)
    {
        var frame = Make(audio.Format, TimeSpan.FromMilliseconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                audio.Play(frame);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }

    public static async Task ReadFirstAsync(IReceivedAudio audio, CancellationToken ct)
    {
        await using var frames = audio.ReadAsync(ct).GetAsyncEnumerator(ct);
        if (!await frames.MoveNextAsync())
        {
            throw new InvalidOperationException("The audio ended before its first frame.");
        }
    }

    /// <summary>Reads frames until one holds the tone, or no longer does.</summary>
    public static async Task<int> ReadUntilAsync(IReceivedAudio audio, bool isThere, CancellationToken ct)
    {
        var frames = 0;
        await foreach (var frame in audio.ReadAsync(ct))
        {
            frames++;
            if (Strength(frame.Span, AudioFormat.Speech) > 3000 == isThere)
            {
                return frames;
            }
        }

        throw new InvalidOperationException($"The audio ended after {frames} frames.");
    }
}
