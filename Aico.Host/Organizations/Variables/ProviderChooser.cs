using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Organizations.Variables;

/// <summary>
/// Chooses providers as the command line, then the environment, then the defaults say, and fills their settings in the same order.
/// Everything is checked here, before any provider is made.
/// </summary>
internal sealed class ProviderChooser
{
    private const string OpenAIBaseUrl = "https://api.openai.com/v1";

    private readonly IReadOnlyList<ProviderDefinition> _definitions;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly IReadOnlyList<SettingArgument> _settings;
    private readonly HashSet<string> _chosen = [];

    /// <exception cref="ProviderChoiceException">A setting is for a provider that does not exist.</exception>
    public ProviderChooser(
        IReadOnlyList<ProviderDefinition> definitions, IReadOnlyDictionary<string, string> environment, IReadOnlyList<SettingArgument> settings)
    {
        (_definitions, _environment, _settings) = (definitions, environment, settings);
        foreach (var setting in settings.Where(setting => definitions.All(definition => definition.Key != setting.Provider)))
        {
            throw Unknown($"--set {setting.Provider}.{setting.Name}", "provider", setting.Provider, definitions);
        }
    }

    /// <summary>Things that the person should know although the conversation can begin.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Settings of providers that were not chosen: accepted, but they change nothing.</summary>
    public IEnumerable<string> UnusedSettings() =>
        _settings.Where(setting => !_chosen.Contains(setting.Provider)).Select(setting => $"{setting.Provider}.{setting.Name}");

    public ProviderChoice Choose(ProviderKind kind, string? flag, string? language = null)
    {
        var code = ProviderKinds.Code(kind);
        var variable = $"{code.ToUpperInvariant()}_PROVIDER";
        var (key, source) = (flag, _environment.GetValueOrDefault(variable)) switch
        {
            ({ Length: > 0 } typed, _) => (typed, $"--{code}"),
            (_, { Length: > 0 } set) => (set, variable),
            _ => (DefaultOf(kind, language), $"the default for {code}"),
        };
        var ofKind = _definitions.Where(definition => definition.Kind == kind).ToList();
        var definition = ofKind.Find(definition => definition.Key == key) ?? throw Unknown(source, $"{code} provider", key, ofKind);
        _chosen.Add(key);
        var choice = Fill(definition);
        try
        {
            definition.Settings.Bind(key, choice.Settings, choice.Secrets);
        }
        catch (SettingsException e)
        {
            throw new ProviderChoiceException(e.Message);
        }

        if (ModelEnd.WarningFor(definition, choice.Settings) is { } warning)
        {
            Warnings.Add(warning);
        }

        return choice;
    }

    private string DefaultOf(ProviderKind kind, string? language) => kind switch
    {
        ProviderKind.SpeechToText => "moonshine",
        ProviderKind.TextToSpeech => IsEnglish(language) ? "flite" : "espeak",
        ProviderKind.VoiceActivity => "silero",
        _ => Has("LLM_BASE_URL") || Has("LLM_MODEL") ? "openai-compatible" : "scripted",
    };

    private static bool IsEnglish(string? language) =>
        language is null || language.Equals("en", StringComparison.OrdinalIgnoreCase)
        || language.StartsWith("en-", StringComparison.OrdinalIgnoreCase);

    private ProviderChoice Fill(ProviderDefinition definition)
    {
        var settings = new JsonObject();
        var secrets = new Dictionary<string, Secret>(StringComparer.Ordinal);
        var prefix = ProviderKinds.Code(definition.Kind).ToUpperInvariant();
        foreach (var (variable, name) in new[] { ("BASE_URL", "baseUrl"), ("MODEL", "model"), ("HOST", "host"), ("PORT", "port") })
        {
            if (_environment.GetValueOrDefault($"{prefix}_{variable}") is { Length: > 0 } value && IsKnown(definition.SettingsSchema, name))
            {
                new SettingArgument(definition.Key, [name], value).ApplyTo(settings, definition.SettingsSchema);
            }
        }

        FillAddress(definition, settings, prefix);
        FillFromVendorVariables(definition, settings, secrets);
        foreach (var setting in _settings.Where(setting => setting.Provider == definition.Key))
        {
            if (setting.Path.Count == 1 && IsKnown(definition.SecretsSchema, setting.Name))
            {
                Warnings.Add($"--set {setting.Provider}.{setting.Name} shows a secret to everyone who sees this machine's processes: an environment variable or --env-file is safer.");
                secrets[setting.Name] = string.IsNullOrWhiteSpace(setting.Value)
                    ? throw new ProviderChoiceException($"--set {setting.Provider}.{setting.Name}: the secret is empty.")
                    : new Secret(setting.Value);
            }
            else
            {
                setting.ApplyTo(settings, definition.SettingsSchema);
            }
        }

        return new ProviderChoice(definition, settings, secrets);
    }

    // Host and port are how operators name a local server, also where the provider itself wants one address.
    private void FillAddress(ProviderDefinition definition, JsonObject settings, string prefix)
    {
        var (host, port) = (_environment.GetValueOrDefault($"{prefix}_HOST"), _environment.GetValueOrDefault($"{prefix}_PORT"));
        if ((string.IsNullOrEmpty(host) && string.IsNullOrEmpty(port)) || settings.ContainsKey("baseUrl") || IsKnown(definition.SettingsSchema, "host")
            || !Uri.TryCreate(definition.SettingsSchema["properties"]?["baseUrl"]?["default"]?.ToString(), UriKind.Absolute, out var usual))
        {
            return;
        }

        if (!string.IsNullOrEmpty(port) && !(int.TryParse(port, out var number) && number is > 0 and <= 65_535))
        {
            throw new ProviderChoiceException($"{prefix}_PORT: expected a port from 1 to 65535.");
        }

        var authority = $"{(string.IsNullOrEmpty(host) ? usual.Host : host)}:{(string.IsNullOrEmpty(port) ? usual.Port : port)}";
        settings["baseUrl"] = Uri.TryCreate($"{usual.Scheme}://{authority}{usual.AbsolutePath.TrimEnd('/')}", UriKind.Absolute, out var address)
            ? address.OriginalString
            : throw new ProviderChoiceException($"{prefix}_HOST: expected the name or address of a machine.");
    }

    private void FillFromVendorVariables(ProviderDefinition definition, JsonObject settings, Dictionary<string, Secret> secrets)
    {
        var baseUrl = _settings.LastOrDefault(setting => setting.Provider == definition.Key && setting.Name == "baseUrl")?.Value
            ?? (settings["baseUrl"] ?? definition.SettingsSchema["properties"]?["baseUrl"]?["default"])?.ToString();
        foreach (var variable in VendorVariable.All.Where(variable => variable.Providers.Contains(definition.Key) && variable.CountsAt(baseUrl)))
        {
            var (name, value) = (variable.Setting, _environment.GetValueOrDefault(variable.Name));
            if (string.IsNullOrWhiteSpace(value) || settings.ContainsKey(name) || secrets.ContainsKey(name))
            {
                continue;
            }

            if (IsKnown(definition.SecretsSchema, name))
            {
                secrets[name] = new Secret(value);
            }
            else if (IsKnown(definition.SettingsSchema, name))
            {
                new SettingArgument(definition.Key, [name], value).ApplyTo(settings, definition.SettingsSchema);
            }
        }

        if (definition.Key == "openai-compatible" && secrets.ContainsKey("apiKey") && !settings.ContainsKey("baseUrl"))
        {
            settings["baseUrl"] = OpenAIBaseUrl;
        }
    }

    private bool Has(string variable) => _environment.GetValueOrDefault(variable) is { Length: > 0 };

    private static bool IsKnown(JsonObject schema, string name) => schema["properties"]?[name] is not null;

    private static ProviderChoiceException Unknown(string source, string what, string name, IReadOnlyList<ProviderDefinition> known)
    {
        var nearest = NearestName.AllOf(name, known.Select(definition => definition.Key));
        var help = (nearest.Count, known.Count) switch
        {
            ( > 0, _) => $"Did you mean {string.Join(" or ", nearest)}?",
            (_, 0) => "None is loaded at all: \"aico plugin list\" says what was found.",
            _ => $"Known: {string.Join(", ", known.Select(definition => definition.Key))}.",
        };
        return new ProviderChoiceException($"{source}: there is no {what} \"{name}\". {help}");
    }
}
