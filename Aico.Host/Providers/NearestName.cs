namespace Aico.Host.Providers;

/// <summary>Finds the names that a person who mistyped probably meant.</summary>
internal static class NearestName
{
    /// <summary>The nearest name, or null where none is near enough to be meant.</summary>
    public static string? Of(string name, IEnumerable<string> known) => AllOf(name, known) is [var nearest, ..] ? nearest : null;

    /// <summary>Names near enough to be meant, nearest first, at most three. A name that only begins or continues the typed one counts.</summary>
    public static IReadOnlyList<string> AllOf(string name, IEnumerable<string> known)
    {
        // A third of the letters may be wrong: more than that proposes names that nobody meant.
        var limit = Math.Max(1, name.Length / 3);
        return
        [
            .. known
                .Distinct(StringComparer.Ordinal)
                .Select(candidate => (Name: candidate, Distance: Near(name, candidate, limit)))
                .Where(candidate => candidate.Distance <= limit)
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Take(3)
                .Select(candidate => candidate.Name),
        ];
    }

    /// <summary>Edits between two names, case ignored: insert, delete, replace a letter, or swap two neighbours.</summary>
    public static int Distance(string left, string right)
    {
        var (a, b) = (left.ToUpperInvariant(), right.ToUpperInvariant());
        var (before, previous, current) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[b.Length];
    }

    private static int Near(string name, string candidate, int limit)
    {
        var distance = Distance(name, candidate);
        var (shorter, longer) = name.Length < candidate.Length ? (name, candidate) : (candidate, name);
        var continues = shorter.Length >= 3 && longer.StartsWith(shorter, StringComparison.OrdinalIgnoreCase);
        return continues ? Math.Min(distance, limit) : distance;
    }
}
