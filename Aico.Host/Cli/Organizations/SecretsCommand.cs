using System.CommandLine;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico secrets</c>.</summary>
internal static class SecretsCommand
{
    public static Command Create(TimeProvider time) => new("secrets", "Looks after the organizations' secrets.") { SecretsRotateKeyCommand.Create(time) };
}
