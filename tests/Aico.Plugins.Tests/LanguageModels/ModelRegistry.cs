using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.LanguageModels;

/// <summary>Takes the one language model that a plugin registers, and makes it with settings of the test's choice; notes what else it brings.</summary>
internal sealed class ModelRegistry : IProviderRegistry
{
    private readonly List<ProviderDescriptor> _descriptors = [];
    private Delegate? _create;

    /// <summary>Of everything that the plugin registers.</summary>
    public IReadOnlyList<ProviderDescriptor> Descriptors => _descriptors;

    public ProviderDescriptor Descriptor { get; private set; } = null!;

    public LanguageModelCapabilities Capabilities { get; private set; } = null!;

    public static ModelRegistry Of(IAicoPlugin plugin)
    {
        var registry = new ModelRegistry();
        plugin.Register(registry);
        return registry;
    }

    public static IChatClient Create<TSettings>(IAicoPlugin plugin, TSettings settings, IProviderContext context) =>
        ((Func<TSettings, IProviderContext, IChatClient>)Of(plugin)._create!)(settings, context);

    public void AddLanguageModel<TSettings>(
        ProviderDescriptor descriptor, LanguageModelCapabilities capabilities, Func<TSettings, IProviderContext, IChatClient> create)
        where TSettings : class, new()
    {
        _create.Should().BeNull("these plugins bring one language model each");
        (Descriptor, Capabilities, _create) = (descriptor, capabilities, create);
        _descriptors.Add(descriptor);
    }

    public void AddSpeechToText<TSettings>(
        ProviderDescriptor descriptor, SpeechToTextCapabilities capabilities, Func<TSettings, IProviderContext, ISpeechToText> create)
        where TSettings : class, new() => _descriptors.Add(descriptor);

    public void AddBatchSpeechToText<TSettings>(
        ProviderDescriptor descriptor, SpeechToTextCapabilities capabilities, Func<TSettings, IProviderContext, IBatchSpeechToText> create)
        where TSettings : class, new() => _descriptors.Add(descriptor);

    public void AddTextToSpeech<TSettings>(
        ProviderDescriptor descriptor, TextToSpeechCapabilities capabilities, Func<TSettings, IProviderContext, ITextToSpeech> create)
        where TSettings : class, new() => _descriptors.Add(descriptor);

    public void AddVoiceActivity<TSettings>(ProviderDescriptor descriptor, Func<TSettings, IProviderContext, IVoiceActivityDetector> create)
        where TSettings : class, new() => _descriptors.Add(descriptor);
}
