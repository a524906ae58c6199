namespace Aico.Abstractions.TextToSpeech;

/// <summary>How a text-to-speech provider is asked to speak.</summary>
/// <param name="Call">Whose call this is.</param>
public sealed record TextToSpeechRequest(CallIdentity Call)
{
    /// <summary>The provider's name of a voice; null lets the provider's settings decide.</summary>
    public string? Voice { get; init; }

    /// <summary>BCP 47 tag of the language; null lets the provider's settings decide.</summary>
    public string? Language { get; init; }
}
