using System.CommandLine;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico key</c>.</summary>
internal static class KeyCommand
{
    public static Command Create(TimeProvider time) => new("key", "Makes, lists and ends the API keys of organizations.")
    {
        KeyCreateCommand.Create(time), KeyListCommand.Create(time), KeyRotateCommand.Create(time), KeyRevokeCommand.Create(time),
    };
}
