using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;
using Aico.Host.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Tests.Organizations.Files;

/// <summary>A catalog of three providers that are never made: one with a key, one with an address, one with neither.</summary>
internal static class SampleCatalog
{
    public static ProviderCatalog Make(params string[] further)
    {
        var catalog = new ProviderCatalog();
        Publish(catalog, further);
        return catalog;
    }

    /// <summary>Puts the providers in anew, with voices of further names.</summary>
    public static void Publish(ProviderCatalog catalog, params string[] further)
    {
        IPluginReceiver receiver = catalog;
        receiver.Register(new LoadedPlugin(
            new PluginManifest("sample", "1.0.0", "x.dll", new Version(1, 0)),
            "",
            "",
            new Entry(further),
            new PluginLoadContext("sample", typeof(SampleCatalog).Assembly.Location)));
        receiver.Publish([]);
    }

    public sealed record HearingSettings
    {
        public string Model { get; init; } = "nova";

        public Uri BaseUrl { get; init; } = new("https://api.hearing.example");

        [Required]
        public Secret? ApiKey { get; init; }
    }

    public sealed record ThinkingSettings
    {
        public string Host { get; init; } = "localhost";

        [System.ComponentModel.DataAnnotations.Range(1, 65_535)]
        public int Port { get; init; } = 2700;

        public double Temperature { get; init; } = 1;
    }

    public sealed record SpeakingSettings
    {
        public string? Voice { get; init; }
    }

    private sealed class Entry(string[] further) : IAicoPlugin
    {
        public void Register(IProviderRegistry providers)
        {
            providers.AddSpeechToText<HearingSettings>(
                new ProviderDescriptor("hearing", "Hearing", "Hears."), new SpeechToTextCapabilities(), (_, _) => throw new InvalidOperationException("never made"));
            providers.AddLanguageModel<ThinkingSettings>(
                new ProviderDescriptor("thinking", "Thinking", "Thinks."), new LanguageModelCapabilities(), (_, _) => throw new InvalidOperationException("never made"));
            foreach (var key in further.Prepend("speaking"))
            {
                providers.AddTextToSpeech<SpeakingSettings>(
                    new ProviderDescriptor(key, "Speaking", "Speaks."), new TextToSpeechCapabilities(), (_, _) => throw new InvalidOperationException("never made"));
            }
        }
    }
}
