using System.CommandLine;

namespace Aico.Host.Cli;

/// <summary><c>aico doctor</c>: what a conversation needs on this machine, what is missing, and how to get it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Func<AicoHost> openHost)
    {
        var json = CliJson.Option();
        var command = new Command("doctor", "Checks this machine: runtime, plugins, native libraries, models, programs.") { json };
        command.SetAction(async (parsed, _) =>
        {
            await using var host = openHost();
            var report = DoctorReport.Of(host);
            if (parsed.GetValue(json))
            {
                CliJson.Write(parsed.InvocationConfiguration.Output, report);
            }
            else
            {
                Write(parsed.InvocationConfiguration.Output, report);
            }

            return report.Ok ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static void Write(TextWriter output, DoctorReport report)
    {
        var table = new CliTable("", "WHAT", "FOR");
        foreach (var finding in report.Findings)
        {
            table.Add(
                [finding.Status.ToString().ToLowerInvariant(), finding.Name, finding.Purpose],
                finding.Detail,
                finding.Remedy is null ? null : $"To do: {finding.Remedy}");
        }

        table.Write(output);
        output.WriteLine();
        if (report.Conversation.Any(part => part is { Type: "vad", Ok: true, Providers: [] }))
        {
            output.WriteLine("No voice activity detector works here: calls fall back to the energy of the sound, which noise deceives.");
        }

        output.WriteLine(report.Ok
            ? "Everything that a conversation needs is here."
            : $"A conversation is not possible: nothing usable for {string.Join(", ", report.Conversation.Where(part => !part.Ok).Select(part => part.Type))}.");
    }
}
