using System.CommandLine;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org create</c>.</summary>
internal static class OrgCreateCommand
{
    public static Command Create(OrgOptions options)
    {
        var id = new Argument<string>("organization") { Description = "Its id: 1 to 64 lower case letters, digits and hyphens. It stays." };
        var name = new Option<string?>("--name") { Description = "For people. Default: the id.", HelpName = "text" };
        return options.CompleteAnywhere(
            new Command("create", "Makes an organization.") { id, name },
            async (parsed, desk, ct) =>
            {
                var made = await desk.CreateAsync(parsed.GetRequiredValue(id), parsed.GetValue(name) ?? parsed.GetRequiredValue(id), ct);
                return OrgAnswer.Line(OrgText.Json(made, desk), $"{made.Id} is made.");
            },
            makesDatabase: true);
    }
}
