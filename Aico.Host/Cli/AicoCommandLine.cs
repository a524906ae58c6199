using System.CommandLine;
using Aico.Host.Cli.Configuration;
using Aico.Host.Cli.Organizations;
using Aico.Host.Cli.Scaffolding;
using Aico.Host.Cli.Storage;
using Aico.Host.Cli.Top;

namespace Aico.Host.Cli;

/// <summary>All commands. The program's, and those of the test that runs what the documents say.</summary>
internal static class AicoCommandLine
{
    /// <param name="openHost">Builds a host and loads its plugins.</param>
    /// <param name="hostFolder">The folder of the program, with plugins/ and native/ in it.</param>
    /// <param name="input">Standard input, where a secret is read from.</param>
    public static RootCommand Create(Func<AicoHostOptions?, AicoHost> openHost, string hostFolder, TextReader input)
    {
        var time = TimeProvider.System;
        AicoHost OpenHost() => openHost(null);
        return new RootCommand("Runs voice agents on LiveKit.")
        {
            ServeCommand.Create(openHost),
            TalkCommand.Create(OpenHost),
            TokenCommand.Create(time),
            BenchCommand.Create(OpenHost),
            new Command("plugin", "Shows plugins, and begins new ones.") { PluginListCommand.Create(OpenHost), PluginNewCommand.Create(hostFolder) },
            new Command("providers", "Shows, tries and documents providers.")
            {
                ProvidersListCommand.Create(OpenHost), ProvidersDocsCommand.Create(OpenHost), ProvidersTestCommand.Create(OpenHost, time),
                ProvidersOfferCommand.Models(OpenHost, time), ProvidersOfferCommand.Voices(OpenHost, time),
            },
            KeyCommand.Create(time),
            OrgCommand.Create(OpenHost, time),
            SecretsCommand.Create(OpenHost, time, input),
            TopCommand.Create(time),
            UsageCommand.Create(time),
            HostsCommand.Create(time),
            DbCommand.Create(),
            ConfigCommand.Create(OpenHost),
            DoctorCommand.Create(OpenHost),
        };
    }
}
