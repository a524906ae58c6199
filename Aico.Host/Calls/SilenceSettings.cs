namespace Aico.Host.Calls;

/// <summary>What happens when nobody speaks.</summary>
internal sealed record SilenceSettings
{
    /// <summary>Silence of both sides after which the caller counts as away; zero or less switches the handling off.</summary>
    public TimeSpan AwayAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Asked when the caller is away.</summary>
    public string Question { get; init; } = "Are you still there?";

    /// <summary>Further silence after the question before the goodbye.</summary>
    public TimeSpan GoodbyeAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Said before the call ends.</summary>
    public string Goodbye { get; init; } = "I will hang up now. Goodbye.";
}
