using Aico.Host;

namespace Aico.Testing;

/// <summary>
/// The host that the build has assembled, opened in this process. Hosts that want nothing special of their plugins share one loading of
/// them: code in a load context of its own is compiled anew, which costs more than what most tests do with it.
/// </summary>
internal static class BuiltHost
{
    private static readonly Lazy<PluginSet> _plugins = new(() => new PluginSet(Options(null)));

    public static string Folder { get; } = Path.Combine(TestPaths.Repository, "artifacts", "aico");

    /// <param name="options">Null: only the plugins of the build.</param>
    public static AicoHost Open(AicoHostOptions? options = null)
    {
        var wanted = Options(options);
        return AicoHost.Create(wanted.WatchPlugins || wanted.FurtherPluginFolders.Count > 0 ? wanted : wanted with { Plugins = _plugins.Value });
    }

    private static AicoHostOptions Options(AicoHostOptions? options) => (options ?? new AicoHostOptions { FurtherPluginFolders = [] }) with { HostFolder = Folder };
}
