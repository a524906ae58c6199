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
    private readonly PluginSet _plugins;

    private AicoHost(AicoHostOptions options)
    {
        Options = options;
        _http = PooledHttp.Create();
        _guarded = options.Egress.IsUnrestricted ? _http : EgressGuard.Create(options.Egress);
        Providers = new ProviderFactory(_http, _guarded, options.LoggerFactory, options.TimeProvider, options.HostFolder);
        Health = new ProviderHealth(options.TimeProvider, options.LoggerFactory.CreateLogger<ProviderHealth>());
        _plugins = options.Plugins ?? new PluginSet(options);
    }

    public AicoHostOptions Options { get; }

    public PluginScanner Plugins => _plugins.Scanner;

    public ProviderCatalog Catalog => _plugins.Catalog;

    public ProviderFactory Providers { get; }

    /// <summary>What all calls know of outages.</summary>
    public ProviderHealth Health { get; }

    /// <summary>What agents are made with.</summary>
    public AgentMaking AgentMaking => new(Providers, Catalog, Health, Options.TimeProvider, Options.LoggerFactory.CreateLogger<OrganizationAgents>());

    /// <summary>The connections that everything in the host shares. Not to be disposed by users.</summary>
    public HttpMessageHandler Http => _http;

    /// <summary>Builds the host and loads the plugins.</summary>
    public static AicoHost Create(AicoHostOptions? options = null) => new(options ?? new AicoHostOptions());

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
        _guarded.Dispose();
        _http.Dispose();
        if (Options.Plugins is null)
        {
            _plugins.Dispose();
        }
    }
}
