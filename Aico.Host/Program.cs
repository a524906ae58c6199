using System.CommandLine;
using Aico.Host;
using Aico.Host.Cli;
using Aico.Host.Cli.Configuration;
using Aico.Host.Cli.Organizations;
using Aico.Host.Cli.Storage;
using Aico.Host.Cli.Top;

static AicoHost OpenHost() => AicoHost.Create();

var root = new RootCommand("Runs voice agents on LiveKit.");
root.Add(ServeCommand.Create(AicoHost.Create));
root.Add(TalkCommand.Create(OpenHost));
root.Add(TokenCommand.Create(TimeProvider.System));
root.Add(BenchCommand.Create(OpenHost));
root.Add(new Command("plugin", "Shows plugins.") { PluginListCommand.Create(OpenHost) });
root.Add(new Command("providers", "Shows and tries providers.")
{
    ProvidersListCommand.Create(OpenHost), ProvidersTestCommand.Create(OpenHost, TimeProvider.System),
    ProvidersOfferCommand.Models(OpenHost, TimeProvider.System), ProvidersOfferCommand.Voices(OpenHost, TimeProvider.System),
});
root.Add(KeyCommand.Create(TimeProvider.System));
root.Add(OrgCommand.Create(OpenHost, TimeProvider.System));
root.Add(SecretsCommand.Create(OpenHost, TimeProvider.System, Console.In));
root.Add(TopCommand.Create(TimeProvider.System));
root.Add(UsageCommand.Create(TimeProvider.System));
root.Add(HostsCommand.Create(TimeProvider.System));
root.Add(DbCommand.Create());
root.Add(ConfigCommand.Create(OpenHost));
root.Add(DoctorCommand.Create(OpenHost));
return await CliRunner.RunAsync(root, args);
