using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Variables;
using Aico.Host.Providers;
using Aico.Host.Usage.Prices;

namespace Aico.Host.Cli.Documents;

/// <summary>What is said of one provider.</summary>
internal static class ProviderSection
{
    private static readonly JsonSerializerOptions _oneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<string> Of(ProviderDefinition provider, PriceTable prices)
    {
        var kind = ProviderKinds.Code(provider.Kind);
        return
        [
            $"### {provider.Key}",
            $"**{provider.Descriptor.DisplayName}**. {provider.Descriptor.Description}",
            "",
            .. Facts(provider).Select(fact => $"- {fact}"),
            "",
            .. Settings(provider),
            .. Secrets(provider),
            .. Example(provider, kind),
            .. PriceText.Rows(provider, prices) is var rows && rows.Any() ? [.. rows, ""] : Array.Empty<string>(),
        ];
    }

    private static IEnumerable<string> Facts(ProviderDefinition provider)
    {
        var (descriptor, metadata) = (provider.Descriptor, provider.Descriptor.Metadata);
        yield return "Runs " + descriptor.Hosting switch
        {
            ProviderHosting.BuiltIn => "in the host: no server and no key",
            ProviderHosting.Local => "on a server of yours",
            _ => "at the vendor",
        } + $"; plugin `{provider.PluginId}`";
        string?[] known =
        [
            metadata.Quality is { } quality ? $"quality {quality}" : null,
            metadata.TypicalLatency is { } latency ? $"typically {latency.TotalMilliseconds:0} ms" : null,
            metadata.CostClass is { } cost ? cost + (metadata.CostUnit is { } unit ? $" (by the {unit})" : "") : null,
        ];
        if (known.OfType<string>().ToList() is { Count: > 0 } choosing)
        {
            yield return string.Join("; ", choosing);
        }

        if (Capabilities(provider).ToList() is { Count: > 0 } capabilities)
        {
            yield return string.Join("; ", capabilities);
        }

        foreach (var requirement in descriptor.Requirements)
        {
            yield return $"needs `{requirement.Name}`: {requirement.HowToGet}";
        }

        foreach (var (model, day) in descriptor.EndingModels.OrderBy(ending => ending.Key, StringComparer.Ordinal))
        {
            yield return $"`{model}` ends on {day:yyyy-MM-dd}";
        }

        string?[] links =
        [
            metadata.Documentation is { } documentation ? $"[documentation]({documentation.OriginalString})" : null,
            metadata.Pricing is { } pricing ? $"[prices]({pricing.OriginalString})" : null,
        ];
        if (links.OfType<string>().ToList() is { Count: > 0 } vendor)
        {
            yield return string.Join(", ", vendor);
        }
    }

    private static IEnumerable<string> Capabilities(ProviderDefinition provider)
    {
        if (provider.Kind == ProviderKind.SpeechToText)
        {
            yield return provider.IsBatch ? "whole utterances, cut by the host" : "hears continuously";
        }

        (string Text, bool Is)[] abilities = provider.Capabilities switch
        {
            SpeechToTextCapabilities stt => [("interim results", stt.InterimResults), ("says when a turn is over", stt.EndOfTurnEvents), ("times of words", stt.WordTimes)],
            TextToSpeechCapabilities tts => [("text in pieces", tts.IncrementalText), ("tells which text is spoken", tts.Alignment)],
            LanguageModelCapabilities llm => [("tools", llm.Tools), ("counts tokens", llm.Usage)],
            _ => [],
        };
        foreach (var (text, _) in abilities.Where(ability => ability.Is))
        {
            yield return text;
        }

        var (languages, rates) = provider.Capabilities switch
        {
            SpeechToTextCapabilities stt => (stt.Languages, stt.SampleRates),
            TextToSpeechCapabilities tts => (tts.Languages, tts.SampleRates),
            _ => ([], []),
        };
        if (languages.Count > 0)
        {
            yield return languages.Count > 12 ? $"{languages.Count} languages" : $"languages {string.Join(", ", languages)}";
        }

        if (rates.Count > 0)
        {
            yield return $"sample rates {string.Join(", ", rates)} Hz";
        }
    }

    private static IEnumerable<string> Settings(ProviderDefinition provider)
    {
        var settings = SettingText.All(provider.SettingsSchema).ToList();
        if (settings.Count == 0)
        {
            return ["It has no settings.", ""];
        }

        var required = (provider.SettingsSchema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).ToList();
        return
        [
            "| setting | type | default | meaning |",
            "|---|---|---|---|",
            .. settings.Select(setting =>
                $"| `{setting.Name}` | {SettingText.Kind(setting.Schema)} | {SettingText.Default(setting.Schema, required.Contains(setting.Name))} | {SettingText.Cell(setting.Schema["description"]?.GetValue<string>() ?? "")} |"),
            "",
        ];
    }

    private static IEnumerable<string> Secrets(ProviderDefinition provider)
    {
        foreach (var secret in provider.Settings.Secrets)
        {
            var variables = Variables(provider, secret.Name).ToList();
            var filled = variables.Count > 0 ? $" `{string.Join("`, else `", variables)}` fills it." : "";
            yield return $"Secret `{secret.Name}`{(secret.IsRequired ? " (required)" : "")}: {secret.Description ?? "the credential."}{filled}";
            yield return "";
        }
    }

    /// <summary>As a member of "providers" in an organization's file, and as a command.</summary>
    private static IEnumerable<string> Example(ProviderDefinition provider, string kind)
    {
        var entry = new JsonObject { ["priority"] = 100 };
        var command = $"aico talk --{kind} {provider.Key}";
        var (name, value) = SampleSetting(provider);
        if (MustBeSet(provider).ToList() is { Count: > 0 } required)
        {
            entry["config"] = new JsonObject(required.Select(setting => KeyValuePair.Create(setting, (JsonNode?)"…")));
        }
        else if (name is not null)
        {
            entry["config"] = new JsonObject { [name] = value!.DeepClone() };
            command += $" --set {provider.Key}.{name}={(value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString())}";
        }

        if (provider.Settings.Secrets is [{ } secret, ..])
        {
            var variable = Variables(provider, secret.Name).FirstOrDefault() ?? $"{provider.Key.ToUpperInvariant().Replace('-', '_')}_KEY";
            entry["secrets"] = new JsonObject { [secret.Name] = $"${{env:{variable}}}" };
        }

        return
        [
            "```json",
            new JsonObject { [provider.Key] = entry }.ToJsonString(_oneLine),
            "```",
            "",
            $"<!-- not run: {(provider.Descriptor.Hosting == ProviderHosting.BuiltIn ? "a conversation of its own for every provider is what the plugins' tests hold" : "needs the service")} -->",
            "",
            $"    {command}",
            "",
        ];
    }

    // Required, and without a default that would do.
    private static IEnumerable<string> MustBeSet(ProviderDefinition provider) =>
        from name in provider.SettingsSchema["required"] as JsonArray ?? []
        let setting = provider.SettingsSchema["properties"]![name!.GetValue<string>()]!["default"]
        where setting is null || setting.ToString().Length == 0
        select name!.GetValue<string>();

    // The setting that people change first: the model or the voice, else where it runs.
    private static (string? Name, JsonNode? Value) SampleSetting(ProviderDefinition provider)
    {
        var settings = SettingText.All(provider.SettingsSchema).Where(setting => setting.Schema["default"] is JsonValue).ToList();
        var name = new[] { "model", "voice", "baseUrl", "host" }.FirstOrDefault(wanted => settings.Any(setting => setting.Name == wanted && setting.Schema["default"]!.ToString().Length > 0));
        return name is null ? (null, null) : (name, settings.First(setting => setting.Name == name).Schema["default"]);
    }

    private static IEnumerable<string> Variables(ProviderDefinition provider, string setting) =>
        VendorVariable.All.Where(variable => variable.Setting == setting && variable.Providers.Contains(provider.Key)).Select(variable => variable.Name).Distinct();
}
