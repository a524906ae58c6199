using System.CommandLine;

namespace Aico.Host.Cli.Bench.Organizations;

/// <summary><c>aico bench organizations</c>: what many organizations cost.</summary>
internal static class OrganizationsCommand
{
    public static Command Create(Func<AicoHost> openHost)
    {
        var count = new Option<int>("--count") { Description = "Organizations.", HelpName = "count", DefaultValueFactory = _ => 10_000 };
        var providers = new Option<int>("--providers") { Description = "Providers of each, with their secrets.", HelpName = "count", DefaultValueFactory = _ => 12 };
        var json = CliJson.Option();
        var command = new Command("organizations", """
            Fills a new database in a temporary folder, starts a host on it, and measures: the host's start, its memory after a thousand organizations were asked for, the resolving of one that nobody has asked for, and of one that is kept.
            """)
        {
            count, providers, json,
        };
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(count) is < 1 or > 1_000_000)
            {
                throw new CliException("--count: expected a count from 1 to 1000000.");
            }

            var streams = parsed.InvocationConfiguration;
            await using var host = openHost();
            if (parsed.GetValue(providers) < 1 || parsed.GetValue(providers) > host.Catalog.Definitions.Count)
            {
                throw new CliException($"--providers: expected a count from 1 to {host.Catalog.Definitions.Count}, the providers that are loaded.");
            }

            await using var bench = new OrganizationsBench(host, parsed.GetValue(count), parsed.GetValue(providers), streams.Error);
            var result = await bench.RunAsync(ct);
            await streams.Output.WriteLineAsync(parsed.GetValue(json) ? result.ToJson().ToJsonString() : result.ToText());
            return ExitCode.Ok;
        });
        return command;
    }
}
