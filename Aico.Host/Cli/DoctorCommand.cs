using System.CommandLine;
using Aico.Host.Api;
using Aico.Host.Cli.Doctor;
using Aico.Host.Cli.Storage;

namespace Aico.Host.Cli;

/// <summary><c>aico doctor</c>: what a conversation and a host need on this machine, what is missing, and how to get it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Func<AicoHost> openHost)
    {
        var data = new DataOptions();
        var providers = new Option<bool>("--providers") { Description = "Asks the providers that the environment chooses whether they would serve with its credentials. Nothing is charged for." };
        var port = new Option<int>("--port") { Description = "The port that the API is to listen on.", HelpName = "number", DefaultValueFactory = _ => ApiOptions.DefaultPort };
        var json = CliJson.Option();
        var command = new Command("doctor", Description) { providers, port, json };
        data.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var request = new DoctorRequest
            {
                Environment = data.Variables(parsed),
                EnvironmentFiles = parsed.GetValue(data.EnvFiles) ?? [],
                Folder = data.Folder(parsed),
                Port = parsed.GetValue(port),
                AsksProviders = parsed.GetValue(providers),
            };
            await using var host = openHost();
            var report = DoctorReport.Of(host, await EnvironmentExam.RunAsync(host, request, ct));
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

        var lacking = report.Conversation.Where(part => !part.Ok).Select(part => part.Type).ToList();
        output.WriteLine(report.Ok ? "Everything that a conversation needs is here."
            : lacking.Count > 0 ? $"A conversation is not possible: nothing usable for {string.Join(", ", lacking)}."
            : "A conversation is possible, but something that is configured does not work: see what is broken above.");
    }

    private const string Description = """
        Checks this machine: runtime, plugins, native libraries, models, programs; and what a host is configured by: variables, database, key file, disk, port, the LiveKit server with its clock, and with --providers the providers.

        Exit codes: 0 a conversation can be held and nothing that is configured is broken; 1 not so.
        """;
}
