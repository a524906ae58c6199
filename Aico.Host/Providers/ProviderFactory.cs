using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Host.Plugins;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Providers;

/// <summary>Makes providers from their definitions. Safe for concurrent use; the caller owns what it gets and disposes it if it is disposable.</summary>
/// <param name="httpHandler">The host's connections.</param>
/// <param name="guardedHandler">Connections of providers that others than the operator have set.</param>
/// <param name="loggerFactory">The host's loggers.</param>
/// <param name="timeProvider">The host's clock.</param>
/// <param name="hostFolder">With native/ in it.</param>
internal sealed class ProviderFactory(
    HttpMessageHandler httpHandler, HttpMessageHandler guardedHandler, ILoggerFactory loggerFactory, TimeProvider timeProvider, string hostFolder)
{
    // The plugin's load context lives as long as the instance, also where only the instance is kept: its code may still have to
    // load assemblies that it has not needed so far.
    private readonly ConditionalWeakTable<object, LoadedPlugin> _plugins = [];

    /// <summary>Binds the settings and makes the provider.</summary>
    /// <param name="definition">Which.</param>
    /// <param name="settings">What is set of it.</param>
    /// <param name="secrets">Its secrets.</param>
    /// <param name="isOperators">True where the operator has set it, in a file or the environment: it may reach what it wants.</param>
    /// <returns>An ISpeechToText, IBatchSpeechToText, ITextToSpeech, IChatClient or IVoiceActivityDetector.</returns>
    /// <exception cref="SettingsException">Settings or secrets are wrong or missing; names all of them.</exception>
    /// <exception cref="ProviderException">The provider cannot be made, such as where its model is missing.</exception>
    public object Create(ProviderDefinition definition, JsonObject settings, IReadOnlyDictionary<string, Secret> secrets, bool isOperators = false)
    {
        var bound = definition.Settings.Bind(definition.Key, settings, secrets);
        try
        {
            var provider = definition.Create(bound, CreateContext(definition.Plugin, isOperators))
                ?? throw new ProviderException(
                    ProviderFailure.ProtocolError, $"The plugin \"{definition.PluginId}\" made no provider for \"{definition.Key}\".");
            _plugins.AddOrUpdate(provider, definition.Plugin);
            return provider;
        }
        catch (Exception fault) when (fault
            is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or FileNotFoundException
            or FileLoadException or TypeLoadException or TypeInitializationException or MissingMemberException)
        {
            throw new ProviderException(
                ProviderFailure.Unavailable,
                $"The code of \"{definition.Key}\" cannot be loaded: {fault.Message} \"aico doctor\" says what is missing.",
                fault);
        }
    }

    /// <summary>What a provider of the plugin gets; also finds what its requirements name.</summary>
    public ProviderContext CreateContext(LoadedPlugin plugin, bool isOperators = false) =>
        new(isOperators ? httpHandler : guardedHandler, loggerFactory, timeProvider, [plugin.CodeFolder, plugin.Folder], Path.Combine(hostFolder, "native"));
}
