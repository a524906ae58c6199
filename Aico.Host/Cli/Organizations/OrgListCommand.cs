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
            var files = await desk.FilesAsync(ct);
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
                    files = files.Select(file => new { file.Id, file.File, file.IsServed, file.Revision, file.ServedSince, file.BrokenSince, file.Errors }),
                },
                output =>
                {
                    var table = new CliTable("ID", "NAME", "REVISION", "FILE");
                    foreach (var organization in all)
                    {
                        table.Add([organization.Id, organization.Name, $"{organization.Revision}", organization.File ?? "-"]);
                    }

                    table.Write(output);
                    foreach (var file in files.Where(file => file.Errors.Count > 0))
                    {
                        foreach (var error in file.Errors)
                        {
                            output.WriteLine($"broken: {error.At(file.File)}");
                        }

                        if (file is { IsServed: true, ServedSince: { } since })
                        {
                            output.WriteLine($"        revision {file.Revision} of {KeyOptions.Moment(since)} stays in use");
                        }
                    }
                });
        });
}
