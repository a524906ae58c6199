using System.CommandLine;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org show</c>.</summary>
internal static class OrgShowCommand
{
    public static Command Create(OrgOptions options)
    {
        var id = OrgOptions.Organization();
        return options.Complete(new Command("show", "Shows an organization's providers, settings and agents. Secrets are shown as set or not set.") { id }, async (parsed, organizations, ct) =>
        {
            var document = await organizations.Changes.FindAsync(parsed.GetRequiredValue(id), ct);
            return new OrgAnswer(OrgText.Json(document, organizations.Host.Catalog), output => OrgText.Print(output, document, organizations.Host.Catalog));
        });
    }
}
