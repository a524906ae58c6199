namespace Aico.Abstractions.Plugins;

/// <summary>What a text-to-speech provider can do.</summary>
public sealed record TextToSpeechCapabilities
{
    /// <summary>BCP 47 tags; empty means that the voice decides.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Names of voices known beforehand; empty where only the service knows them.</summary>
    public IReadOnlyList<string> Voices { get; init; } = [];

    /// <summary>True where text may be sent in pieces of any size without hurting the melody of the speech.</summary>
    public bool IncrementalText { get; init; }

    /// <summary>True where the speech comes with the text that it speaks.</summary>
    public bool Alignment { get; init; }

    /// <summary>Sample rates that it can speak at, in hertz.</summary>
    public IReadOnlyList<int> SampleRates { get; init; } = [];
}
