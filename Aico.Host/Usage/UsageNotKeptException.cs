namespace Aico.Host.Usage;

/// <summary>Rows of usage were not taken; the message says why.</summary>
internal sealed class UsageNotKeptException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How many; null: all that were handed over.</summary>
    public int? Rows { get; init; }
}
