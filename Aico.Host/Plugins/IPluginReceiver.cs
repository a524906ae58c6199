namespace Aico.Host.Plugins;

/// <summary>
/// Takes what plugins contribute. This module knows no providers, so the catalog stands behind this interface. The methods are called
/// by one thread at a time; nothing is visible to readers before <see cref="Publish"/>.
/// </summary>
internal interface IPluginReceiver
{
    /// <summary>
    /// Lets the plugin register and takes all of it, in place of what an earlier version of the same plugin contributed, or throws
    /// and takes nothing.
    /// </summary>
    /// <returns>The keys that the plugin registered.</returns>
    /// <exception cref="PluginRejectedException">What it registers cannot be taken. Any other exception is the plugin's own fault.</exception>
    IReadOnlyList<string> Register(LoadedPlugin plugin);

    /// <summary>Forgets what the plugin contributed.</summary>
    void Remove(string pluginId);

    /// <summary>Shows readers everything that was registered and removed since the last time, at once.</summary>
    void Publish(IReadOnlyList<PluginStatus> statuses);
}
