using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Variables;
using Aico.Host.Providers;
using Aico.Host.Usage.Prices;

namespace Aico.Host.Cli.Documents;

/// <summary>Writes docs/PROVIDERS.md: what the plugins say of themselves, and what the table of prices says of them.</summary>
internal static class ProviderDocument
{
    public const string FileName = "PROVIDERS.md";

    private static readonly (ProviderKind Kind, string Title, string About)[] _kinds =
    [
        (ProviderKind.SpeechToText, "Speech-to-text", "What each does in detail, and what its failures come to: [speech](providers/speech.md)."),
        (ProviderKind.TextToSpeech, "Text-to-speech", "In detail: [speech](providers/speech.md), [built-in voices](built-in-voices.md)."),
        (ProviderKind.LanguageModel, "Language models", "In detail: [language models](providers/llm.md), [the scripted stand-in](scripted.md)."),
        (ProviderKind.VoiceActivity, "Voice activity", "Where none can be used the host has a plain detector of its own, `energy`."),
    ];

    /// <summary>The whole text, with line feeds.</summary>
    public static string TextOf(IReadOnlyList<ProviderDefinition> providers, PriceTable prices)
    {
        List<string> lines =
        [
            "# Providers",
            "",
            "Written by `aico providers docs --out docs/PROVIDERS.md` from what the plugins say of themselves and from `config/prices.json`: change those, not this.",
            "A provider of your own appears here in the same way, and is written as [plugins](PLUGINS.md) says.",
            "",
            .. _kinds.Select(kind => $"- {kind.Title}: {string.Join(", ", Of(providers, kind.Kind).Select(provider => $"[{provider.Key}](#{provider.Key})"))}"),
            "",
            "A provider is chosen by `--stt`, `--tts`, `--llm`, `--vad`, by `STT_PROVIDER` and the like, or by an [organization](organizations.md), whose file holds entries such as",
            "the examples below under `providers`. Settings come from `--set provider.setting=value` first, then from `LLM_MODEL` and the like, then from the vendors' own",
            "variables. What each failure of each provider comes to in a call: [faults](faults.md). Prices are for [estimates](usage.md), and say where they are from.",
            "A model whose end its vendor has announced is named in a warning before the call begins.",
            "",
            "| variable | fills |",
            "|---|---|",
            .. VendorVariable.All.Select(variable =>
                $"| `{variable.Name}` | `{variable.Setting}` of {string.Join(", ", variable.Providers.Select(key => $"`{key}`"))}{(variable.Domain is { } domain ? $" where `baseUrl` leads to {domain}" : "")} |"),
            "",
        ];
        foreach (var (kind, title, about) in _kinds)
        {
            lines.AddRange([$"## {title}", about, ""]);
            lines.AddRange(Of(providers, kind).SelectMany(provider => ProviderSection.Of(provider, prices)));
        }

        return string.Join('\n', lines).TrimEnd() + "\n";
    }

    private static IEnumerable<ProviderDefinition> Of(IReadOnlyList<ProviderDefinition> providers, ProviderKind kind) => providers.Where(provider => provider.Kind == kind);
}
