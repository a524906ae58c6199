namespace Aico.Host.Plugins;

/// <summary>A version that serves no new calls. It is known by a weak reference only, so that it goes when its last user goes.</summary>
internal sealed class RetiredPlugin(LoadedPlugin plugin, IReadOnlyList<string> providers, string note)
{
    private readonly WeakReference<PluginLoadContext> _context = new(plugin.Context);

    public string CodeFolder { get; } = plugin.CodeFolder;

    public PluginStatus Status { get; } = new(plugin.Manifest.Id, plugin.Folder, PluginState.Replaced)
    {
        Version = plugin.Manifest.Version,
        Providers = providers,
        Note = note,
    };

    public bool IsGone => !_context.TryGetTarget(out _);
}
