using Aico.Abstractions.Plugins;

namespace Aico.Host.Plugins;

/// <summary>
/// A plugin whose code is in the process. Whoever holds an object made by the plugin must hold this too: when nobody does, the load
/// context is collected with it.
/// </summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Folder">The folder that the operator sees; data files are read from there.</param>
/// <param name="CodeFolder">The private copy that code and native libraries are loaded from.</param>
/// <param name="Entry">The plugin's entry object.</param>
/// <param name="Context">The load context of its assemblies.</param>
internal sealed record LoadedPlugin(
    PluginManifest Manifest, string Folder, string CodeFolder, IAicoPlugin Entry, PluginLoadContext Context);
