using System.Text.RegularExpressions;
using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Aico.Host.Plugins;
using Microsoft.Extensions.AI;

namespace Aico.Host.Providers;

/// <summary>Collects what one plugin registers. Used once, by the thread that loads the plugin.</summary>
/// <param name="plugin">Whose providers they are.</param>
/// <param name="describesLater">True: settings that cannot be described are found when they are first asked for.</param>
internal sealed partial class ProviderRegistration(LoadedPlugin plugin, bool describesLater = false) : IProviderRegistry
{
    private readonly List<ProviderDefinition> _definitions = [];
    private PluginRejectedException? _rejected;
    private bool _completed;

    /// <summary>Ends the registration. A refusal is thrown here again, since the plugin may have caught the first.</summary>
    public IReadOnlyList<ProviderDefinition> Complete()
    {
        _completed = true;
        return _rejected is null ? _definitions : throw _rejected;
    }

    public void AddSpeechToText<TSettings>(
        ProviderDescriptor descriptor, SpeechToTextCapabilities capabilities, Func<TSettings, IProviderContext, ISpeechToText> create)
        where TSettings : class, new() => Add(ProviderKind.SpeechToText, descriptor, capabilities, create);

    public void AddBatchSpeechToText<TSettings>(
        ProviderDescriptor descriptor, SpeechToTextCapabilities capabilities, Func<TSettings, IProviderContext, IBatchSpeechToText> create)
        where TSettings : class, new() => Add(ProviderKind.SpeechToText, descriptor, capabilities, create, isBatch: true);

    public void AddTextToSpeech<TSettings>(
        ProviderDescriptor descriptor, TextToSpeechCapabilities capabilities, Func<TSettings, IProviderContext, ITextToSpeech> create)
        where TSettings : class, new() => Add(ProviderKind.TextToSpeech, descriptor, capabilities, create);

    public void AddLanguageModel<TSettings>(
        ProviderDescriptor descriptor, LanguageModelCapabilities capabilities, Func<TSettings, IProviderContext, IChatClient> create)
        where TSettings : class, new() => Add(ProviderKind.LanguageModel, descriptor, capabilities, create);

    public void AddVoiceActivity<TSettings>(
        ProviderDescriptor descriptor, Func<TSettings, IProviderContext, IVoiceActivityDetector> create)
        where TSettings : class, new() => Add(ProviderKind.VoiceActivity, descriptor, capabilities: null, create);

    private void Add<TSettings, TProvider>(
        ProviderKind kind,
        ProviderDescriptor descriptor,
        object? capabilities,
        Func<TSettings, IProviderContext, TProvider> create,
        bool isBatch = false)
        where TSettings : class, new()
        where TProvider : class
    {
        if (_completed)
        {
            throw new InvalidOperationException("Providers are registered inside Register only.");
        }

        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(create);
        CheckKey(descriptor);
        var settings = Derive<TSettings>(descriptor.Key);
        _definitions.Add(new ProviderDefinition(
            kind, descriptor, capabilities, plugin.Manifest.Id, plugin.Manifest.Version)
        {
            IsBatch = isBatch,
            Plugin = plugin,
            Settings = settings,
            Create = (bound, context) => create((TSettings)bound, context),
        });
    }

    private void CheckKey(ProviderDescriptor descriptor)
    {
        if (descriptor.Key is null || !KebabCase().IsMatch(descriptor.Key))
        {
            throw Reject(
                PluginRejectionReason.ProviderInvalid,
                $"It registers a provider with the key \"{descriptor.Key}\", which is not kebab-case.",
                "Ask the plugin's author for a key of lower case letters, digits and single hyphens, such as \"openai-tts\".");
        }

        if (_definitions.Any(definition => definition.Key == descriptor.Key))
        {
            throw Reject(
                PluginRejectionReason.KeyTaken,
                $"It registers the provider \"{descriptor.Key}\" twice.",
                "Ask the plugin's author to give each provider its own key.");
        }
    }

    private SettingsModel Derive<TSettings>(string key)
        where TSettings : class, new()
    {
        try
        {
            var model = SettingsModel.Of<TSettings>();
            if (!describesLater)
            {
                model.Describe();
            }

            return model;
        }
        catch (Exception fault) when (fault is NotSupportedException or InvalidOperationException)
        {
            throw Reject(
                PluginRejectionReason.ProviderInvalid,
                $"The settings of the provider \"{key}\" ({typeof(TSettings).Name}) cannot be described: {fault.Message}",
                "Ask the plugin's author for settings of plain types: texts, numbers, enums, durations, lists and records of them.",
                fault);
        }
    }

    private PluginRejectedException Reject(PluginRejectionReason reason, string message, string remedy, Exception? inner = null) =>
        _rejected ??= new PluginRejectedException(reason, message, remedy, inner);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
