namespace Aico.Host.LiveKit.Worker;

/// <summary>The answer to an offered job.</summary>
/// <param name="RefusalReason">Null: accepted. Otherwise why not, for the log.</param>
/// <param name="EndsJob">A refusal that holds for every worker: the server need not ask another one.</param>
/// <param name="Attributes">The agent's first attributes in the room.</param>
internal sealed record JobAnswer(string? RefusalReason = null, bool EndsJob = false, IReadOnlyDictionary<string, string>? Attributes = null)
{
    public static JobAnswer Accept { get; } = new();

    /// <summary>The limits that this job counts towards beside the host's own, such as an organization's: key and how many are allowed.</summary>
    public (string Key, int Limit)? Limit { get; init; }
}
