using Aico.Abstractions.Plugins;
using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Tests.Onnx;

/// <summary>Keeps what a plugin registers, and creates it with default settings.</summary>
internal sealed class RecordingRegistry : IProviderRegistry
{
    public ProviderDescriptor? Descriptor { get; private set; }

    public SpeechToTextCapabilities? SpeechToText { get; private set; }

    public Func<IProviderContext, object> Create { get; private set; } = _ => throw new InvalidOperationException("Nothing was registered.");

    public void AddSpeechToText<TSettings>(
        ProviderDescriptor descriptor, SpeechToTextCapabilities capabilities, Func<TSettings, IProviderContext, ISpeechToText> create)
        where TSettings : class, new() => Keep(descriptor, create);

    public void AddBatchSpeechToText<TSettings>(
        ProviderDescriptor descriptor, SpeechToTextCapabilities capabilities, Func<TSettings, IProviderContext, IBatchSpeechToText> create)
        where TSettings : class, new()
    {
        SpeechToText = capabilities;
        Keep(descriptor, create);
    }

    public void AddTextToSpeech<TSettings>(
        ProviderDescriptor descriptor, TextToSpeechCapabilities capabilities, Func<TSettings, IProviderContext, ITextToSpeech> create)
        where TSettings : class, new() => Keep(descriptor, create);

    public void AddLanguageModel<TSettings>(
        ProviderDescriptor descriptor, LanguageModelCapabilities capabilities, Func<TSettings, IProviderContext, IChatClient> create)
        where TSettings : class, new() => Keep(descriptor, create);

    public void AddVoiceActivity<TSettings>(
        ProviderDescriptor descriptor, Func<TSettings, IProviderContext, IVoiceActivityDetector> create)
        where TSettings : class, new() => Keep(descriptor, create);

    private void Keep<TSettings, TProvider>(ProviderDescriptor descriptor, Func<TSettings, IProviderContext, TProvider> create)
        where TSettings : class, new()
        where TProvider : class
    {
        Descriptor = descriptor;
        Create = context => create(new TSettings(), context);
    }
}
