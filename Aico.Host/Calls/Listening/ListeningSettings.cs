namespace Aico.Host.Calls.Listening;

/// <summary>How the caller is listened to.</summary>
internal sealed record ListeningSettings
{
    /// <summary>
    /// A streaming speech-to-text session that says nothing while the caller speaks for so long, pauses not counted, is taken for
    /// dead and opened again; zero or less never.
    /// </summary>
    public TimeSpan SilentProviderAfter { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// The same where the caller has ended and the session has not said a word to what was said: what the caller waits for would never come.
    /// </summary>
    public TimeSpan SilentAnswerAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Time that a speech-to-text provider has to open a session.</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same where another could be asked.</summary>
    public TimeSpan OpenBudget { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Time that a provider has to read an utterance.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The same where another could be asked; half the length of the utterance comes on top.</summary>
    public TimeSpan ReadBudget { get; init; } = TimeSpan.FromSeconds(3);
}
