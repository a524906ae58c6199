namespace Aico.Host.Plugins;

/// <summary>plugin.json: what is needed before any code of the plugin runs.</summary>
/// <param name="Id">Kebab-case and equal to the folder's name, so that no two plugins of one folder can claim the same.</param>
/// <param name="Version">The plugin's semantic version.</param>
/// <param name="Assembly">The file name of the assembly with the entry class; it lies directly in the plugin's folder.</param>
/// <param name="Contract">The version of Aico.Abstractions that the plugin was built against.</param>
internal sealed record PluginManifest(string Id, string Version, string Assembly, Version Contract);
