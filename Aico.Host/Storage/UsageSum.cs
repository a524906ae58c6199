namespace Aico.Host.Storage;

/// <summary>Usage of a group; parts that were not grouped by are null. Kind goes with the provider.</summary>
internal sealed record UsageSum
{
    public DateOnly? Day { get; init; }

    public string? Kind { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string? Outcome { get; init; }

    /// <summary>Probes among them.</summary>
    public long Attempts { get; init; }

    public long Errors { get; init; }

    /// <summary>Attempts at another provider than the primary.</summary>
    public long Fallbacks { get; init; }

    public double AudioSeconds { get; init; }

    public long Characters { get; init; }

    public long InputTokens { get; init; }

    public long CachedInputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>US dollars, of the attempts whose price is known.</summary>
    public decimal Cost { get; init; }

    /// <summary>Attempts whose price is not known.</summary>
    public long Unpriced { get; init; }

    public UsageSplit Outcomes { get; init; }
}
