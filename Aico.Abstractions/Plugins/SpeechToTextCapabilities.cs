namespace Aico.Abstractions.Plugins;

/// <summary>What a speech-to-text provider can do.</summary>
public sealed record SpeechToTextCapabilities
{
    /// <summary>BCP 47 tags; empty means that the model decides.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>True where text comes while the caller still speaks.</summary>
    public bool InterimResults { get; init; }

    /// <summary>True where the provider says itself that a turn is over.</summary>
    public bool EndOfTurnEvents { get; init; }

    /// <summary>True where words come with times.</summary>
    public bool WordTimes { get; init; }

    /// <summary>Sample rates that it takes, in hertz; the host sends 16,000 where that is among them.</summary>
    public IReadOnlyList<int> SampleRates { get; init; } = [16_000];
}
