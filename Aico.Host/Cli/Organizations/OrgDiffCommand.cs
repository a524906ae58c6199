using System.CommandLine;
using Aico.Host.Organizations.Files;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org diff</c>: what an import of a file would change.</summary>
internal static class OrgDiffCommand
{
    public static Command Create(OrgOptions options)
    {
        var file = new Argument<string>("file") { Description = "An organization's JSON file." };
        var id = new Option<string?>("--id") { Description = "The organization. Default: as the file's name says.", HelpName = "id" };
        return options.Complete(
            new Command("diff", "Says what an import of a file would change. Exits with 0 where nothing, with 1 where something. Secrets are compared and not shown.") { file, id },
            async (parsed, organizations, ct) =>
            {
                var path = Path.GetFullPath(parsed.GetRequiredValue(file));
                var content = await OrganizationFile.ReadAsync(path, parsed.GetValue(id), organizations.Reader, ct);
                var document = await organizations.Changes.FindAsync(content.Id, ct);
                var differences = OrganizationDifference.Between(document, content, organizations.Secrets, Path.GetDirectoryName(path)!);
                return new OrgAnswer(
                    new { document.Id, document.Revision, differences },
                    output =>
                    {
                        foreach (var difference in differences)
                        {
                            output.WriteLine((difference.Now, difference.InFile) switch
                            {
                                (null, var added) => $"+ {difference.Pointer} {added}",
                                (var gone, null) => $"- {difference.Pointer} {gone}",
                                var (now, then) => $"~ {difference.Pointer} {now} -> {then}",
                            });
                        }
                    },
                    differences.Count == 0 ? ExitCode.Ok : ExitCode.Failed);
            });
    }
}
