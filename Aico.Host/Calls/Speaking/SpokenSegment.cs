namespace Aico.Host.Calls.Speaking;

/// <summary>A stretch of an answer and where its audio lies on the clock of the answer's playback.</summary>
/// <param name="Text">As it was given to the provider, spaces and all; the texts of an answer's segments join to the answer.</param>
/// <param name="Start">Of the audio.</param>
/// <param name="Duration">Of the audio.</param>
/// <param name="IsExact">
/// True where the provider aligned text and audio: the speech fills the whole duration. False where only the piece as a whole is
/// known, with the silences around and inside it, and the words have to be guessed by their share of the characters.
/// </param>
internal readonly record struct SpokenSegment(string Text, TimeSpan Start, TimeSpan Duration, bool IsExact);
