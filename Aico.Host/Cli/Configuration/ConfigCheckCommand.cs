using System.CommandLine;
using Aico.Host.Cli.Agents;

namespace Aico.Host.Cli.Configuration;

/// <summary><c>aico config check</c>: what a host that is started with this environment would stumble over.</summary>
internal static class ConfigCheckCommand
{
    public static Command Create(Func<AicoHost> openHost)
    {
        var json = CliJson.Option();
        var command = new Command("check", "Checks the environment, the providers that it chooses and the organizations' files, and names everything that is wrong. Nothing is asked of any server.") { json };
        foreach (var option in AgentOptions.All)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            var request = AgentOptions.Read(parsed, new AgentRequest());
            var environment = CliEnvironment.Read(request.EnvFiles);
            await using var host = openHost();
            var findings = await new ConfigCheck(host, environment).RunAsync(request, TimeProvider.System);
            var isOk = !findings.Any(finding => finding.IsError);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                CliJson.Write(output, new { ok = isOk, findings = findings.Select(finding => new { finding.Area, level = finding.IsError ? "error" : "warning", finding.Message }) });
            }
            else
            {
                foreach (var finding in findings)
                {
                    await output.WriteLineAsync($"{(finding.IsError ? "error" : "warning")}: {finding.Message}");
                }

                if (isOk)
                {
                    await output.WriteLineAsync("A host can be started with this configuration.");
                }
            }

            return isOk ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}
