using System.CommandLine;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org list</c>.</summary>
internal static class OrgListCommand
{
    public static Command Create(OrgOptions options) => options.CompleteAnywhere(
        new Command("list", "Lists the organizations and the files that describe some of them."),
        async (_, desk, ct) =>
        {
            var all = await desk.ListAsync(ct);
            return new OrgAnswer(
                new
                {
                    organizations = all.Select(organization => new
                    {
                        organization.Id,
                        organization.Name,
                        organization.Revision,
                        origin = OrgText.Origin(organization.Origin),
                        organization.File,
                        organization.Created,
                        organization.Updated,
                    }),
                    files = desk.Files.Select(file => new { file.Id, file.File, file.IsServed, file.Revision, file.Errors }),
                },
                output =>
                {
                    var table = new CliTable("ID", "NAME", "REVISION", "FILE");
                    foreach (var organization in all)
                    {
                        table.Add([organization.Id, organization.Name, $"{organization.Revision}", organization.File ?? "-"]);
                    }

                    table.Write(output);
                    foreach (var error in desk.Files.SelectMany(file => file.Errors.Select(error => error.At(file.File))))
                    {
                        output.WriteLine($"broken: {error}");
                    }
                });
        });
}
