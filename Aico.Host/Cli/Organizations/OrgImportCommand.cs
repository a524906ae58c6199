using System.CommandLine;
using Aico.Host.Cli.Storage;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Files;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org import</c>: makes an organization of the database be as a file says.</summary>
internal static class OrgImportCommand
{
    public static Command Create(OrgOptions options)
    {
        var file = new Argument<string>("file") { Description = "An organization's JSON file." };
        var id = new Option<string?>("--id") { Description = "The organization. Default: as the file's name says.", HelpName = "id" };
        return options.Complete(
            new Command("import", "Makes an organization of the database be as a file says, all of it or nothing. Secrets are read where the file's references lead; those that lead nowhere stay as they are.") { file, id },
            async (parsed, organizations, ct) =>
            {
                var path = Path.GetFullPath(parsed.GetRequiredValue(file));
                var content = await OrganizationFile.ReadAsync(path, parsed.GetValue(id), organizations.Reader, ct);
                var before = await organizations.Source.FindAsync(content.Id, ct);
                if (before?.File is { } managed)
                {
                    throw new FileManagedException(content.Id, managed);
                }

                var import = OrganizationImport.Of(content, before, organizations.Secrets, Path.GetDirectoryName(path)!, organizations.Rules, organizations.Vault);
                await organizations.Changes.ApplyAsync(content.Id, import.Changes, DataOptions.Actor, ct);
                var after = await organizations.Changes.FindAsync(content.Id, ct);
                return new OrgAnswer(new { after.Id, after.Revision, created = before is null, changes = import.Changes.Count, unset = import.Unset }, output =>
                {
                    output.WriteLine($"{after.Id} is {(before is null ? "made" : "changed")} as {path} says, revision {after.Revision}; the next call has it.");
                    foreach (var secret in import.Unset)
                    {
                        output.WriteLine($"not set: {secret}");
                    }
                });
            },
            makesDatabase: true);
    }
}
