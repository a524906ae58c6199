using System.CommandLine;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org</c>: the organizations of this machine, or of a server.</summary>
internal static class OrgCommand
{
    public static Command Create(Func<AicoHost> openHost, TimeProvider time)
    {
        var options = () => new OrgOptions(openHost, time);
        return new Command("org", "Looks after organizations: those of JSON files and those of the database.")
        {
            OrgListCommand.Create(options()),
            OrgShowCommand.Create(options()),
            OrgCreateCommand.Create(options()),
            OrgDeleteCommand.Create(options()),
            OrgSetCommand.Create(options()),
            OrgSwitchCommand.Create(options(), isEnabled: true),
            OrgSwitchCommand.Create(options(), isEnabled: false),
            OrgPriorityCommand.Create(options()),
            OrgExplainCommand.Create(options()),
            OrgExportCommand.Create(options()),
            OrgImportCommand.Create(options()),
            OrgDiffCommand.Create(options()),
            OrgValidateCommand.Create(openHost),
        };
    }
}
