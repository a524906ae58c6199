using Aico.Host.Providers.Egress;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host;

/// <summary>What a host is built from.</summary>
internal sealed record AicoHostOptions
{
    /// <summary>The folder of the program, with plugins/ and native/ in it.</summary>
    public string HostFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>Further folders with plugins; a plugin found earlier wins. By default those that AICO_PLUGINS_DIR lists, as PATH does.</summary>
    public IReadOnlyList<string> FurtherPluginFolders { get; init; } =
        (Environment.GetEnvironmentVariable("AICO_PLUGINS_DIR") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>True where plugins are taken in, replaced and removed while the host runs.</summary>
    public bool WatchPlugins { get; init; }

    /// <summary>True: settings of providers are described when they are first asked for, or by <see cref="AicoHost.DescribeSettings"/>.</summary>
    public bool DescribesSettingsLater { get; init; }

    /// <summary>Plugins that are loaded already and outlive the host; the options of folders mean nothing then. Null: the host loads its own.</summary>
    public PluginSet? Plugins { get; init; }

    /// <summary>Where providers that organizations have set may be reached.</summary>
    public EgressPolicy Egress { get; init; } = EgressPolicy.Unrestricted;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
