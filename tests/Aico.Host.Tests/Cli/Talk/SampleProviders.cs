using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Host.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Tests.Cli.Talk;

/// <summary>Definitions of providers that can be chosen and set, but never made.</summary>
internal static class SampleProviders
{
    public static IReadOnlyList<ProviderDefinition> Definitions { get; } = Register();

    private static IReadOnlyList<ProviderDefinition> Register()
    {
        var plugin = new LoadedPlugin(new PluginManifest("sample", "1.0.0", "sample.dll", new Version(1, 0)), "", "", null!, null!);
        var registration = new ProviderRegistration(plugin);
        registration.AddBatchSpeechToText<NoSettings>(Describe("moonshine"), new SpeechToTextCapabilities { Languages = ["en"] }, (_, _) => throw Never());
        registration.AddTextToSpeech<VoiceSettings>(Describe("flite"), new TextToSpeechCapabilities { Languages = ["en"] }, (_, _) => throw Never());
        registration.AddTextToSpeech<VoiceSettings>(Describe("espeak"), new TextToSpeechCapabilities { Languages = ["en", "de"] }, (_, _) => throw Never());
        registration.AddLanguageModel<NoSettings>(Describe("scripted"), new LanguageModelCapabilities(), (_, _) => throw Never());
        registration.AddLanguageModel<ModelSettings>(Describe("openai-compatible"), new LanguageModelCapabilities(), (_, _) => throw Never());
        registration.AddVoiceActivity<NoSettings>(Describe("silero"), (_, _) => throw Never());
        return registration.Complete();
    }

    private static ProviderDescriptor Describe(string key) => new(key, key, "For tests.");

    private static InvalidOperationException Never() => new("Planning makes no provider.");

    internal sealed record NoSettings;

    internal sealed record VoiceSettings
    {
        [System.ComponentModel.DataAnnotations.Range(0.5, 2.0)]
        public double Rate { get; init; } = 1;

        public string? Dialect { get; init; }
    }

    internal sealed record ModelSettings
    {
        public Uri? BaseUrl { get; init; }

        public string Model { get; init; } = "";

        public Secret? ApiKey { get; init; }
    }
}
