namespace Aico.Host.Plugins;

/// <summary>A folder that may hold a plugin.</summary>
/// <param name="Id">Its name, which is the plugin's id.</param>
/// <param name="Path">Its full path.</param>
/// <param name="ShadowedBy">The folder of the same name that counts instead, from a plugins folder named earlier; null where this one counts.</param>
internal sealed record PluginFolder(string Id, string Path, string? ShadowedBy = null)
{
    /// <summary>The folders below the given ones, by id; folders whose names begin with a dot are left out.</summary>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be read.</exception>
    public static IReadOnlyList<PluginFolder> FindIn(IEnumerable<string> roots)
    {
        var found = new List<PluginFolder>();
        foreach (var path in roots.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories))
        {
            var id = System.IO.Path.GetFileName(path);
            if (!id.StartsWith('.'))
            {
                found.Add(new PluginFolder(id, path, found.FirstOrDefault(other => other.Id == id)?.Path));
            }
        }

        return [.. found.OrderBy(folder => folder.Id, StringComparer.Ordinal)];
    }
}
