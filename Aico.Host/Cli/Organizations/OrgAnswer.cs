namespace Aico.Host.Cli.Organizations;

/// <summary>What a command found or did.</summary>
/// <param name="Json">With --json.</param>
/// <param name="Print">Without.</param>
/// <param name="ExitCode">Of the command.</param>
internal sealed record OrgAnswer(object Json, Action<TextWriter> Print, int ExitCode = ExitCode.Ok)
{
    public static OrgAnswer Line(object json, string line) => new(json, output => output.WriteLine(line));
}
