namespace Aico.Host.Storage;

/// <summary>What was to be changed is not what the writer believes.</summary>
/// <param name="subject">What it is, for people.</param>
/// <param name="expected">The revision that the writer expected.</param>
/// <param name="actual">The one that it has; 0 where it is not there.</param>
internal sealed class StoreConflictException(string subject, long expected, long actual)
    : Exception(expected == 0
        ? $"{subject} exists already."
        : $"{subject} has the revision {actual}, not {expected}: it was changed in the meantime.")
{
    public long Expected { get; } = expected;

    public long Actual { get; } = actual;
}
