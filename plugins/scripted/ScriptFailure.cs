using Aico.Abstractions;

namespace Aico.Plugins.Scripted;

/// <summary>A fault that the stand-in pretends to have.</summary>
internal sealed record ScriptFailure
{
    public required ProviderFailure Category { get; set; }

    public string Message { get; set; } = "The script says that this fails.";

    public int? RetryAfterMs { get; set; }

    /// <summary>True with the category quotaExceeded: no waiting mends it.</summary>
    public bool Exhausted { get; set; }

    /// <summary>Words of the reply that come before the fault.</summary>
    public int AfterTokens { get; set; }
}
