namespace Aico.Host.Storage;

/// <summary>What one attempt at a provider used.</summary>
internal sealed record UsageRow
{
    public required string OrganizationId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string SessionId { get; init; }

    /// <summary>Null: outside a turn, such as a greeting or a probe.</summary>
    public int? Turn { get; init; }

    /// <summary>stt, tts or llm.</summary>
    public required string Kind { get; init; }

    public required string Provider { get; init; }

    public string? Model { get; init; }

    /// <summary>0 is the primary.</summary>
    public int ChainPosition { get; init; }

    /// <summary>useful, cancelled, speculative, failed or probe.</summary>
    public required string Outcome { get; init; }

    /// <summary>A provider failure's name where it failed.</summary>
    public string? Failure { get; init; }

    public TimeSpan? ConnectLatency { get; init; }

    public TimeSpan? FirstResultLatency { get; init; }

    public double AudioSeconds { get; init; }

    public long Characters { get; init; }

    public long InputTokens { get; init; }

    public long CachedInputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>US dollars; null where no price is known.</summary>
    public decimal? Cost { get; init; }
}
