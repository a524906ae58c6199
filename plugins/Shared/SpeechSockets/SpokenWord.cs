namespace Aico.Plugins.Shared.SpeechSockets;

/// <summary>A word, or a part of one, as a vendor aligned it with its audio.</summary>
/// <param name="Text">As the vendor writes it: punctuation and blanks may differ from what was sent.</param>
/// <param name="Start">Where it begins.</param>
internal readonly record struct SpokenWord(string Text, TimeSpan Start);
