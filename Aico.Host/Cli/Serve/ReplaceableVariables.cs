using System.Collections;

namespace Aico.Host.Cli.Serve;

/// <summary>The environment of a serving host, which a reload replaces under those who read it. Safe from any thread.</summary>
internal sealed class ReplaceableVariables(IReadOnlyDictionary<string, string> variables) : IReadOnlyDictionary<string, string>
{
    private volatile IReadOnlyDictionary<string, string> _current = variables;

    public int Count => _current.Count;

    public IEnumerable<string> Keys => _current.Keys;

    public IEnumerable<string> Values => _current.Values;

    public string this[string key] => _current[key];

    /// <summary>Takes what was found, but for the variables that count from the next start on: those keep their value.</summary>
    /// <param name="found">The environment as it is now.</param>
    /// <param name="isFixed">True for the names of variables that are read at the start alone.</param>
    /// <returns>The names of all that differ, those that were not taken too.</returns>
    public IReadOnlyList<string> Replace(IReadOnlyDictionary<string, string> found, Predicate<string> isFixed)
    {
        var before = _current;
        List<string> changed =
        [
            .. before.Keys.Union(found.Keys)
                .Where(name => before.GetValueOrDefault(name) != found.GetValueOrDefault(name))
                .Order(StringComparer.Ordinal),
        ];
        var after = found.Where(variable => !isFixed(variable.Key)).Concat(before.Where(variable => isFixed(variable.Key)));
        _current = after.ToDictionary(StringComparer.Ordinal);
        return changed;
    }

    public bool ContainsKey(string key) => _current.ContainsKey(key);

    public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string value) => _current.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _current.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
