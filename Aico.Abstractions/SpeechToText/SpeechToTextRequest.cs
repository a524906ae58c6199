using Aico.Abstractions.Audio;

namespace Aico.Abstractions.SpeechToText;

/// <summary>What a speech-to-text provider is asked to hear.</summary>
/// <param name="Format">The format of the audio that will be sent.</param>
/// <param name="Call">Whose call this is.</param>
public sealed record SpeechToTextRequest(AudioFormat Format, CallIdentity Call)
{
    /// <summary>BCP 47 tag of the expected language; null lets the provider's settings decide.</summary>
    public string? Language { get; init; }

    /// <summary>Words that are likely to come up, such as names; providers without the feature ignore them.</summary>
    public IReadOnlyList<string> Keyterms { get; init; } = [];

    /// <summary>True where the result only serves as an interim text and must give way to every final one.</summary>
    public bool IsInterim { get; init; }
}
