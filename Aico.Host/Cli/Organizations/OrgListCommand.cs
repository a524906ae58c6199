using System.CommandLine;
using Aico.Host.Organizations.Documents;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org list</c>.</summary>
internal static class OrgListCommand
{
    private const int Page = 500;

    public static Command Create(OrgOptions options) => options.Complete(
        new Command("list", "Lists the organizations and the files that describe some of them."),
        async (_, organizations, ct) =>
        {
            var all = new List<OrganizationSummary>();
            while (await organizations.Source.ListAsync(all.Count == 0 ? null : all[^1].Id, Page, ct) is { Count: > 0 } page)
            {
                all.AddRange(page);
            }

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
                    files = organizations.Files.Select(file => new { file.Id, file.File, file.IsServed, file.Revision, file.Errors }),
                },
                output =>
                {
                    var table = new CliTable("ID", "NAME", "REVISION", "FILE");
                    foreach (var organization in all)
                    {
                        table.Add([organization.Id, organization.Name, $"{organization.Revision}", organization.File ?? "-"]);
                    }

                    table.Write(output);
                    foreach (var error in organizations.Files.SelectMany(file => file.Errors.Select(error => error.At(file.File))))
                    {
                        output.WriteLine($"broken: {error}");
                    }
                });
        });
}
