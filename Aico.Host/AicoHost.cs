using Aico.Host.Calls.Agents;
using Aico.Host.Plugins;
using Aico.Host.Providers;
using Aico.Host.Providers.Egress;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.Logging;

namespace Aico.Host;

/// <summary>The composition root: every module is made here, once, and in the order of what it needs.</summary>
internal sealed class AicoHost : IAsyncDisposable
{
    private readonly HttpMessageHandler _http;
    private readonly HttpMessageHandler _guarded;
    private readonly PluginWorkspace _workspace;
    private readonly PluginWatcher? _watcher;

    private AicoHost(AicoHostOptions options)
    {
        Options = options;
        IReadOnlyList<string> roots =
            [.. options.FurtherPluginFolders.Prepend(Path.Combine(options.HostFolder, "plugins")).Select(Path.GetFullPath).Distinct()];

        _http = PooledHttp.Create();
        _guarded = options.Egress.IsUnrestricted ? _http : EgressGuard.Create(options.Egress);
        _workspace = new PluginWorkspace(options.LoggerFactory.CreateLogger<PluginWorkspace>());
        Catalog = new ProviderCatalog();
        Plugins = new PluginScanner(roots, _workspace, Catalog, options.LoggerFactory.CreateLogger<PluginScanner>());
        Providers = new ProviderFactory(_http, _guarded, options.LoggerFactory, options.TimeProvider, options.HostFolder);
        Health = new ProviderHealth(options.TimeProvider, options.LoggerFactory.CreateLogger<ProviderHealth>());

        // Watched before the first scan: what changes in between is seen by one of the two.
        _watcher = options.WatchPlugins
            ? new PluginWatcher(roots, Plugins, options.TimeProvider, options.LoggerFactory.CreateLogger<PluginWatcher>())
            : null;
    }

    public AicoHostOptions Options { get; }

    public PluginScanner Plugins { get; }

    public ProviderCatalog Catalog { get; }

    public ProviderFactory Providers { get; }

    /// <summary>What all calls know of outages.</summary>
    public ProviderHealth Health { get; }

    /// <summary>What agents are made with.</summary>
    public AgentMaking AgentMaking => new(Providers, Catalog, Health, Options.TimeProvider, Options.LoggerFactory.CreateLogger<OrganizationAgents>());

    /// <summary>The connections that everything in the host shares. Not to be disposed by users.</summary>
    public HttpMessageHandler Http => _http;

    /// <summary>Builds the host and loads the plugins.</summary>
    public static AicoHost Create(AicoHostOptions? options = null)
    {
        var host = new AicoHost(options ?? new AicoHostOptions());
        host.Catalog.DescribesLater = host.Options.DescribesSettingsLater;
        host.Plugins.Rescan();
        host.Catalog.DescribesLater = false;
        return host;
    }

    /// <summary>Describes the settings that were not described yet, and rejects the plugins that have some which cannot be.</summary>
    public void DescribeSettings()
    {
        foreach (var plugin in Catalog.DescribeAll())
        {
            Plugins.LoadAgain(plugin);
        }
    }

    /// <summary>Stops the watching and closes the connections. Providers that were made must be disposed before.</summary>
    public async ValueTask DisposeAsync()
    {
        await Health.DisposeAsync();
        _watcher?.Dispose();
        _guarded.Dispose();
        _http.Dispose();
        _workspace.Dispose();
    }
}
