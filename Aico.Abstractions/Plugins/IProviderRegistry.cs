using Aico.Abstractions.SpeechToText;
using Aico.Abstractions.TextToSpeech;
using Aico.Abstractions.VoiceActivity;
using Microsoft.Extensions.AI;

namespace Aico.Abstractions.Plugins;

/// <summary>
/// Takes what a plugin offers. Each factory gets validated settings with the secrets filled in and is called once per
/// configuration; what it returns is shared by calls and disposed by the host if it is disposable.
/// </summary>
/// <remarks>
/// Settings are an immutable record whose defaults stand in its initializers. Data annotations give ranges,
/// <see cref="System.ComponentModel.DescriptionAttribute"/> the documentation, and properties of type <see cref="Secret"/> are the
/// secrets. A factory throws <see cref="ProviderException"/> where a native library or model is missing.
/// </remarks>
public interface IProviderRegistry
{
    /// <summary>Adds a streaming speech-to-text provider.</summary>
    void AddSpeechToText<TSettings>(
        ProviderDescriptor descriptor, SpeechToTextCapabilities capabilities, Func<TSettings, IProviderContext, ISpeechToText> create)
        where TSettings : class, new();

    /// <summary>Adds a speech-to-text provider that reads whole utterances.</summary>
    void AddBatchSpeechToText<TSettings>(
        ProviderDescriptor descriptor, SpeechToTextCapabilities capabilities, Func<TSettings, IProviderContext, IBatchSpeechToText> create)
        where TSettings : class, new();

    /// <summary>Adds a text-to-speech provider.</summary>
    void AddTextToSpeech<TSettings>(
        ProviderDescriptor descriptor, TextToSpeechCapabilities capabilities, Func<TSettings, IProviderContext, ITextToSpeech> create)
        where TSettings : class, new();

    /// <summary>Adds a language model.</summary>
    void AddLanguageModel<TSettings>(
        ProviderDescriptor descriptor, LanguageModelCapabilities capabilities, Func<TSettings, IProviderContext, IChatClient> create)
        where TSettings : class, new();

    /// <summary>Adds a voice activity detector.</summary>
    void AddVoiceActivity<TSettings>(
        ProviderDescriptor descriptor, Func<TSettings, IProviderContext, IVoiceActivityDetector> create)
        where TSettings : class, new();
}
