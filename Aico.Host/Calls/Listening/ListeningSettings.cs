namespace Aico.Host.Calls.Listening;

/// <summary>How the caller is listened to.</summary>
internal sealed record ListeningSettings
{
    /// <summary>
    /// A streaming speech-to-text session that says nothing while the caller speaks for so long, pauses not counted, is taken for
    /// dead and opened again; zero or less never.
    /// </summary>
    public TimeSpan SilentProviderAfter { get; init; } = TimeSpan.FromSeconds(8);
}
