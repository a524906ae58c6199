namespace Aico.Plugins.Flite;

/// <summary>A word as flite times it.</summary>
/// <param name="Character">Index of its first character in the piece.</param>
/// <param name="Start">When it begins in the synthesized audio.</param>
/// <param name="End">When it ends there.</param>
internal readonly record struct FliteWord(int Character, TimeSpan Start, TimeSpan End);
