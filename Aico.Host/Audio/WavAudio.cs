namespace Aico.Host.Audio;

/// <summary>What a WAV file held, as mono samples of signed 16 bit at the file's own rate.</summary>
internal sealed record WavAudio(int SampleRate, short[] Samples)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples.Length / SampleRate);
}
