using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Plugins;

namespace Aico.Host.Providers;

/// <summary>A provider that a plugin registered. Immutable; its schemas are shared and must not be changed by readers.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Descriptor">What its plugin says of it.</param>
/// <param name="Capabilities">
/// <see cref="SpeechToTextCapabilities"/>, <see cref="TextToSpeechCapabilities"/> or <see cref="LanguageModelCapabilities"/>; null for voice activity.
/// </param>
/// <param name="PluginId">The plugin that brought it.</param>
/// <param name="PluginVersion">The version of that plugin.</param>
internal sealed record ProviderDefinition(
    ProviderKind Kind,
    ProviderDescriptor Descriptor,
    object? Capabilities,
    string PluginId,
    string PluginVersion)
{
    public string Key => Descriptor.Key;

    /// <summary>JSON Schema of its settings, with defaults.</summary>
    public JsonObject SettingsSchema => Settings.Schema;

    /// <summary>JSON Schema of its secrets.</summary>
    public JsonObject SecretsSchema => Settings.SecretsSchema;

    /// <summary>True where the provider reads whole utterances, so that the host must cut them.</summary>
    public bool IsBatch { get; init; }

    /// <summary>The code that made this definition; a definition in use keeps it loaded.</summary>
    public required LoadedPlugin Plugin { get; init; }

    public required SettingsModel Settings { get; init; }

    /// <summary>Makes the provider from bound settings.</summary>
    public required Func<object, IProviderContext, object> Create { get; init; }
}
