namespace Aico.Host.Plugins;

/// <summary>What has become of a plugin.</summary>
internal enum PluginState
{
    /// <summary>Its providers serve new calls.</summary>
    Loaded,

    /// <summary>It contributes nothing; the status says why.</summary>
    Rejected,

    /// <summary>A newer version or nothing has taken its place; calls that use it finish with it.</summary>
    Replaced,
}
