using Aico.Abstractions.Audio;

namespace Aico.Abstractions.TextToSpeech;

/// <summary>A piece of synthesized speech.</summary>
/// <param name="Audio">
/// The audio, of any length; all chunks of a session have one format. The offset counts from the start of the session's speech.
/// </param>
/// <param name="SpokenText">
/// The text that this audio speaks, as it stood in the input, so that the texts of all chunks join to the input; empty where the
/// audio belongs to text already given; null where the provider gives no alignment at all. The conversation keeps what was heard by it.
/// </param>
public sealed record SpeechChunk(AudioFrame Audio, string? SpokenText);
