using System.Collections.Frozen;

namespace Aico.Host.Calls.Speaking;

/// <summary>A fixed list of words, written in one string with white space between, that is asked without making strings.</summary>
internal sealed class WordSet
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public WordSet(StringComparer comparer, string words) => lookup = words
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenSet(comparer)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public bool Contains(ReadOnlySpan<char> word) => lookup.Contains(word);
}
