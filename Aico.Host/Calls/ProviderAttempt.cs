using Aico.Abstractions;

namespace Aico.Host.Calls;

/// <summary>One request to a provider, or one session with it, from its beginning to its end.</summary>
internal sealed record ProviderAttempt
{
    /// <summary>The turn that it served; null where it serves the whole call, as a streaming speech-to-text session does.</summary>
    public int? Turn { get; init; }

    public required CallStage Stage { get; init; }

    public required string Provider { get; init; }

    public string? Model { get; init; }

    /// <summary>Where it was asked: scheme, host and port, or what stands for that.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Its place in the chain; 0 is the primary.</summary>
    public required int Position { get; init; }

    /// <summary>On the call's clock.</summary>
    public required TimeSpan Started { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Until a session was open; null where there is none to open, or it did not.</summary>
    public TimeSpan? ConnectLatency { get; init; }

    /// <summary>From the beginning to the first token, text or audio; null where none came.</summary>
    public TimeSpan? FirstResultLatency { get; init; }

    public required AttemptOutcome Outcome { get; init; }

    /// <summary>Why it failed.</summary>
    public ProviderFailure? Failure { get; init; }

    /// <summary>Sent to speech-to-text, or received from text-to-speech.</summary>
    public TimeSpan Audio { get; init; }

    /// <summary>Sent to text-to-speech.</summary>
    public long Characters { get; init; }

    public long InputTokens { get; init; }

    /// <summary>Of <see cref="InputTokens"/>, those that the provider had kept.</summary>
    public long CachedInputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>True where the provider gave no counts, so that tokens are estimated from the length of the texts.</summary>
    public bool IsEstimated { get; init; }
}
