namespace Aico.Host.LiveKit.Worker;

/// <summary>How a job ended. An error is one line for people; null is success.</summary>
internal sealed record JobOutcome(string? Error = null);
