namespace Aico.Plugins.Shared.Speech;

/// <summary>A stretch of speech from a sentence voice.</summary>
/// <param name="Samples">The samples in the voice's format; not written to again.</param>
/// <param name="Characters">How many characters of the text, after those of the stretches before, this one speaks.</param>
internal readonly record struct SpokenAudio(ReadOnlyMemory<short> Samples, int Characters);
