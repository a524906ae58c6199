using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Variables;
using Aico.Host.Providers;

namespace Aico.Host.Organizations.Resolution;

/// <summary>The providers that the host's environment names, with the built-in ones where it names none.</summary>
/// <param name="variables">The environment.</param>
/// <param name="settings">Settings that were given to the host itself, over those of the environment.</param>
/// <param name="chosen">Providers that were given to the host itself, by kind.</param>
internal sealed class EnvironmentProviders(
    IReadOnlyDictionary<string, string> variables, IReadOnlyList<SettingArgument> settings, IReadOnlyDictionary<ProviderKind, string> chosen)
{
    /// <summary>For <c>VAD_PROVIDER</c> and <c>--vad</c>: the host's own detector, which is no provider.</summary>
    public const string EnergyDetector = "energy";

    public static EnvironmentProviders None { get; } = new(new Dictionary<string, string>(), [], new Dictionary<ProviderKind, string>());

    /// <summary>The environment's entry of a chain; null where it wants none.</summary>
    /// <exception cref="ProviderChoiceException">The environment names what there is not, or sets it wrongly.</exception>
    public ResolvedProvider? Find(ProviderKind kind, IReadOnlyList<ProviderDefinition> definitions, string? language, ICollection<string> warnings)
    {
        var flag = chosen.GetValueOrDefault(kind);
        if (kind == ProviderKind.VoiceActivity && (flag ?? variables.GetValueOrDefault("VAD_PROVIDER")) == EnergyDetector)
        {
            return null;
        }

        var chooser = new ProviderChooser(definitions, variables, settings);
        var choice = chooser.Choose(kind, flag, kind == ProviderKind.TextToSpeech ? language : null);
        foreach (var warning in chooser.Warnings)
        {
            warnings.Add(warning);
        }

        return new ResolvedProvider
        {
            Definition = choice.Definition,
            Settings = choice.Settings,
            Secrets = choice.Secrets,
            Priority = int.MinValue,
            Origin = ConfigurationOrigin.Environment,
            Origins = choice.Settings.ToDictionary(setting => $"/{setting.Key}", _ => ConfigurationOrigin.Environment, StringComparer.Ordinal),
        };
    }
}
