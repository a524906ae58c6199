using System.CommandLine;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org show</c>.</summary>
internal static class OrgShowCommand
{
    public static Command Create(OrgOptions options)
    {
        var id = OrgOptions.Organization();
        return options.CompleteAnywhere(new Command("show", "Shows an organization's providers, settings and agents. Secrets are shown as set or not set.") { id }, async (parsed, desk, ct) =>
        {
            var document = await desk.FindAsync(parsed.GetRequiredValue(id), ct);
            return new OrgAnswer(OrgText.Json(document, desk), output => OrgText.Print(output, document, desk));
        });
    }
}
