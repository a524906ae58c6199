namespace Aico.Host.Cli.Bench;

/// <summary>A piece of speech: 16 kHz mono.</summary>
/// <param name="Name">The file, or the sentence that was synthesized.</param>
/// <param name="Text">What is said.</param>
/// <param name="Samples">How it sounds.</param>
internal sealed record BenchClip(string Name, string Text, ReadOnlyMemory<short> Samples)
{
    public TimeSpan Duration => Aico.Abstractions.Audio.AudioFormat.Speech.DurationOf(Samples.Length);
}
