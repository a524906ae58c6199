using Aico.Abstractions.Plugins;
using Aico.Host.Cli.Agents;
using Aico.Host.Organizations.Variables;

namespace Aico.Host.Cli.Bench;

/// <summary>What <c>aico bench stt|tts|vad</c> was asked for.</summary>
internal sealed record EngineBenchRequest(AicoHost Host, string Key, IReadOnlyList<string> Set, int Calls, TextWriter Progress)
{
    /// <summary>Makes the provider, which the caller then owns.</summary>
    /// <exception cref="CliException">There is no such provider, or a setting is wrong.</exception>
    public object Make(ProviderKind kind)
    {
        var settings = Set.Select(SettingArgument.Parse).ToList();
        var choice = new ProviderChooser(Host.Catalog.Definitions, CliEnvironment.Read([]), settings).Choose(kind, Key);
        return Host.Providers.Create(choice.Definition, choice.Settings, choice.Secrets, isOperators: true);
    }
}
