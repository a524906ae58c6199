using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Host.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Tests.Organizations;

/// <summary>A catalog of providers that note when they are made and disposed. Those named "broken-…" cannot be made.</summary>
internal sealed class SampleProviders : IAicoPlugin
{
    private readonly ProviderCatalog _catalog = new();

    public SampleProviders() => Publish();

    public ProviderCatalog Catalog => _catalog;

    public List<SampleProvider> Made { get; } = [];

    /// <summary>As after a plugin was replaced: the same providers, new definitions.</summary>
    public void Publish()
    {
        IPluginReceiver receiver = _catalog;
        receiver.Register(new LoadedPlugin(new PluginManifest("sample", "1.0.0", "sample.dll", new Version(1, 0)), "", "", this, null!));
        receiver.Publish([]);
    }

    public void Register(IProviderRegistry providers)
    {
        foreach (var name in new[] { "alpha", "beta", "broken" })
        {
            providers.AddSpeechToText<SampleProviderSettings>(Descriptor($"{name}-stt"), new SpeechToTextCapabilities(), (settings, _) => Make($"{name}-stt", settings));
            providers.AddTextToSpeech<SampleProviderSettings>(Descriptor($"{name}-tts"), new TextToSpeechCapabilities(), (settings, _) => Make($"{name}-tts", settings));
            providers.AddLanguageModel<SampleProviderSettings>(Descriptor($"{name}-llm"), new LanguageModelCapabilities(), (settings, _) => Make($"{name}-llm", settings));
        }

        providers.AddLanguageModel<SampleOpenSettings>(Descriptor("open-llm"), new LanguageModelCapabilities(), (settings, _) => Make("open-llm", new SampleProviderSettings { Model = settings.Model }));
    }

    private static ProviderDescriptor Descriptor(string key) =>
        new(key, key, "For tests.") { EndingModels = new Dictionary<string, DateOnly> { ["old"] = new(2026, 12, 11) } };

    private SampleProvider Make(string key, SampleProviderSettings settings)
    {
        if (key.StartsWith("broken", StringComparison.Ordinal))
        {
            throw new ProviderException(ProviderFailure.Unavailable, "The model is missing.");
        }

        var made = new SampleProvider(key, settings);
        Made.Add(made);
        return made;
    }
}
