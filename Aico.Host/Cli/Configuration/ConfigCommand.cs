using System.CommandLine;

namespace Aico.Host.Cli.Configuration;

/// <summary><c>aico config</c>.</summary>
internal static class ConfigCommand
{
    public static Command Create(Func<AicoHost> openHost) => new("config", "Looks at the configuration of this host.")
    {
        ConfigCheckCommand.Create(openHost),
        ConfigSchemaCommand.Create(openHost),
    };
}
