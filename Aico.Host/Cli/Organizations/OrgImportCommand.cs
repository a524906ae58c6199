using System.CommandLine;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org import</c>: makes an organization of the database be as a file says.</summary>
internal static class OrgImportCommand
{
    public static Command Create(OrgOptions options)
    {
        var file = new Argument<string>("file") { Description = "An organization's JSON file." };
        var id = new Option<string?>("--id") { Description = "The organization. Default: as the file's name says.", HelpName = "id" };
        return options.CompleteAnywhere(
            new Command("import", "Makes an organization of the database be as a file says, all of it or nothing. Secrets are read where the file's references lead; those that lead nowhere stay as they are. With --server the changes are made one after the other, and those before one that is refused stay.") { file, id },
            async (parsed, desk, ct) =>
            {
                var path = Path.GetFullPath(parsed.GetRequiredValue(file));
                var (after, isNew, changes, unset) = await desk.ImportAsync(path, parsed.GetValue(id), ct);
                return new OrgAnswer(new { after.Id, after.Revision, created = isNew, changes, unset }, output =>
                {
                    output.WriteLine($"{after.Id} is {(isNew ? "made" : "changed")} as {path} says, revision {after.Revision}; the next call has it.");
                    foreach (var secret in unset)
                    {
                        output.WriteLine($"not set: {secret}");
                    }
                });
            },
            makesDatabase: true);
    }
}
