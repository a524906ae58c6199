namespace Aico.Abstractions.Plugins;

/// <summary>A voice as its service lists it.</summary>
/// <param name="Id">What the provider's voice setting takes.</param>
public sealed record VoiceInfo(string Id)
{
    /// <summary>The name that people read; null where it has none beside the id.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What the service says of it: accent, age, use; null where it says nothing.</summary>
    public string? Description { get; init; }

    /// <summary>BCP 47 tags of the languages that it speaks; empty where the service does not say.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>A recording of it; null where there is none.</summary>
    public Uri? Preview { get; init; }
}
