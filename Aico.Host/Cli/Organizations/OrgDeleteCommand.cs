using System.CommandLine;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org delete</c>.</summary>
internal static class OrgDeleteCommand
{
    public static Command Create(OrgOptions options)
    {
        var id = OrgOptions.Organization();
        var yes = new Option<bool>("--yes") { Description = "Says that it is meant: its settings, secrets and keys go, and do not come back." };
        return options.CompleteAnywhere(new Command("delete", "Deletes an organization with its settings, secrets, keys, sessions and usage. Only the audit log stays.") { id, yes }, async (parsed, desk, ct) =>
        {
            var name = parsed.GetRequiredValue(id);
            if (!parsed.GetValue(yes))
            {
                throw new CliException($"This deletes \"{name}\" with its settings, secrets and keys: say that it is meant with --yes. \"aico org export {name}\" keeps a copy without the secrets.");
            }

            await desk.DeleteAsync(name, ct);
            return OrgAnswer.Line(new { id = name, deleted = true }, $"{name} is deleted.");
        });
    }
}
