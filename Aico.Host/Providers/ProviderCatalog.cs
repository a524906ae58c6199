using System.Collections.Frozen;
using Aico.Abstractions.Plugins;
using Aico.Host.Plugins;

namespace Aico.Host.Providers;

/// <summary>
/// Every provider that can be used. Readers see one immutable snapshot and never wait; who needs several answers that fit together
/// keeps the definitions that it found.
/// </summary>
internal sealed class ProviderCatalog : IPluginReceiver
{
    // Only the scanner's thread touches this; readers see what Publish made of it.
    private readonly Dictionary<string, IReadOnlyList<ProviderDefinition>> _staged = new(StringComparer.Ordinal);

    private volatile Snapshot _snapshot = new([], []);

    /// <summary>By kind, then by key.</summary>
    public IReadOnlyList<ProviderDefinition> Definitions => _snapshot.Definitions;

    /// <summary>What became of every plugin, by id.</summary>
    public IReadOnlyList<PluginStatus> Plugins => _snapshot.Plugins;

    /// <summary>True while plugins are taken in whose settings are described later, so that a host starts sooner. Set by who makes the host.</summary>
    public bool DescribesLater { get; set; }

    /// <summary>Describes the settings of every provider, and names the plugins that have some which cannot be described.</summary>
    public IReadOnlyList<string> DescribeAll() =>
        [.. Definitions.Where(definition => !CanBeDescribed(definition)).Select(definition => definition.PluginId).Distinct(StringComparer.Ordinal)];

    public ProviderDefinition? Find(string key) => _snapshot.ByKey.GetValueOrDefault(key);

    public ProviderDefinition? Find(ProviderKind kind, string key) =>
        Find(key) is { } definition && definition.Kind == kind ? definition : null;

    /// <summary>Keys of the kind that were probably meant, nearest first; none where nothing is near.</summary>
    public IReadOnlyList<string> Nearest(ProviderKind kind, string key) =>
        NearestName.AllOf(key, Definitions.Where(definition => definition.Kind == kind).Select(definition => definition.Key));

    IReadOnlyList<string> IPluginReceiver.Register(LoadedPlugin plugin)
    {
        var registration = new ProviderRegistration(plugin, DescribesLater);
        plugin.Entry.Register(registration);
        var definitions = registration.Complete();

        foreach (var definition in definitions)
        {
            if (OwnerOf(definition.Key, except: plugin.Manifest.Id) is { } owner)
            {
                throw new PluginRejectedException(
                    PluginRejectionReason.KeyTaken,
                    $"It registers the provider \"{definition.Key}\", which the plugin \"{owner}\" has already.",
                    $"Remove one of the two plugins, or ask the author of \"{plugin.Manifest.Id}\" for another key.");
            }
        }

        _staged[plugin.Manifest.Id] = definitions;
        return [.. definitions.Select(definition => definition.Key)];
    }

    void IPluginReceiver.Remove(string pluginId) => _staged.Remove(pluginId);

    void IPluginReceiver.Publish(IReadOnlyList<PluginStatus> statuses) =>
        _snapshot = new Snapshot(
            [
                .. _staged.Values.SelectMany(definitions => definitions)
                    .OrderBy(definition => definition.Kind)
                    .ThenBy(definition => definition.Key, StringComparer.Ordinal),
            ],
            statuses);

    private static bool CanBeDescribed(ProviderDefinition definition)
    {
        try
        {
            definition.Settings.Describe();
            return true;
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            return false;
        }
    }

    private string? OwnerOf(string key, string except) => _staged
        .Where(plugin => plugin.Key != except && plugin.Value.Any(definition => definition.Key == key))
        .Select(plugin => plugin.Key)
        .FirstOrDefault();

    private sealed class Snapshot(IReadOnlyList<ProviderDefinition> definitions, IReadOnlyList<PluginStatus> plugins)
    {
        public IReadOnlyList<ProviderDefinition> Definitions { get; } = definitions;

        public IReadOnlyList<PluginStatus> Plugins { get; } = plugins;

        public FrozenDictionary<string, ProviderDefinition> ByKey { get; } =
            definitions.ToFrozenDictionary(definition => definition.Key, StringComparer.Ordinal);
    }
}
