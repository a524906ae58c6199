using System.CommandLine;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico secrets</c>.</summary>
internal static class SecretsCommand
{
    public static Command Create(Func<AicoHost> openHost, TimeProvider time, TextReader input) => new("secrets", "Looks after the organizations' secrets.")
    {
        SecretsSetCommand.Create(new OrgOptions(openHost, time), input),
        SecretsUnsetCommand.Create(new OrgOptions(openHost, time)),
        SecretsRotateKeyCommand.Create(time),
    };
}
