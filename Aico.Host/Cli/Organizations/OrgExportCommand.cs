using System.CommandLine;
using System.Text.Json.Nodes;
using Aico.Host.Organizations.Files;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org export</c>: an organization as a file describes it.</summary>
internal static class OrgExportCommand
{
    public static Command Create(OrgOptions options)
    {
        var id = OrgOptions.Organization();
        var target = new Option<string?>("--out") { Description = "Writes it into a file, such as config/organizations/acme.json. One that is there is not overwritten.", HelpName = "file" };
        return options.CompleteAnywhere(new Command("export", "Prints an organization as its JSON file. Secrets become ${env:NAME}; their values are not exported.") { id, target }, async (parsed, desk, ct) =>
        {
            var document = await desk.FindAsync(parsed.GetRequiredValue(id), ct);
            // A file's own references and comments are worth more than made ones.
            var own = await desk.FileTextAsync(document, ct);
            var text = own ?? OrganizationFileWriter.TextOf(document);
            var secrets = own is null
                ? document.Secrets.Select(secret => OrganizationFileWriter.Reference(document.Id, secret).Name).ToList()
                : [];
            if (parsed.GetValue(target) is { } path)
            {
                await using var written = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
                await written.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), ct);
                return new OrgAnswer(new { id = document.Id, file = Path.GetFullPath(path), variables = secrets }, output =>
                {
                    output.WriteLine($"{path} is written.");
                    if (secrets.Count > 0)
                    {
                        output.WriteLine($"Set before it is used: {string.Join(", ", secrets)}");
                    }
                });
            }

            return new OrgAnswer(
                new { id = document.Id, variables = secrets, document = JsonNode.Parse(text, documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true }) },
                output => output.Write(text));
        });
    }
}
