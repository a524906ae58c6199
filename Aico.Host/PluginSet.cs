using Aico.Host.Plugins;
using Aico.Host.Providers;
using Microsoft.Extensions.Logging;

namespace Aico.Host;

/// <summary>The loaded plugins and the catalog of what they offer: of one host, or of several in one process.</summary>
internal sealed class PluginSet : IDisposable
{
    private readonly PluginWorkspace _workspace;
    private readonly PluginWatcher? _watcher;

    /// <summary>Loads the plugins of the folders.</summary>
    public PluginSet(AicoHostOptions options)
    {
        IReadOnlyList<string> roots =
            [.. options.FurtherPluginFolders.Prepend(Path.Combine(options.HostFolder, "plugins")).Select(Path.GetFullPath).Distinct()];
        _workspace = new PluginWorkspace(options.LoggerFactory.CreateLogger<PluginWorkspace>());
        Scanner = new PluginScanner(roots, _workspace, Catalog, options.LoggerFactory.CreateLogger<PluginScanner>());

        // Watched before the first scan: what changes in between is seen by one of the two.
        _watcher = options.WatchPlugins
            ? new PluginWatcher(roots, Scanner, options.TimeProvider, options.LoggerFactory.CreateLogger<PluginWatcher>())
            : null;

        Catalog.DescribesLater = options.DescribesSettingsLater;
        Scanner.Rescan();
        Catalog.DescribesLater = false;
    }

    public PluginScanner Scanner { get; }

    public ProviderCatalog Catalog { get; } = new();

    public void Dispose()
    {
        _watcher?.Dispose();
        _workspace.Dispose();
    }
}
