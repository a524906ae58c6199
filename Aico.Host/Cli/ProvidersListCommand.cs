using System.CommandLine;
using Aico.Abstractions.Plugins;
using Aico.Host.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Cli;

/// <summary><c>aico providers list</c>: the registry, with schemas in its JSON form.</summary>
internal static class ProvidersListCommand
{
    public static Command Create(Func<AicoHost> openHost)
    {
        var json = CliJson.Option();
        var type = new Option<ProviderKind?>("--type")
        {
            Description = $"Only one kind: {string.Join(", ", ProviderKinds.Codes)}.",
            HelpName = string.Join('|', ProviderKinds.Codes),
            CustomParser = result =>
            {
                var code = result.Tokens is [var token] ? token.Value : "";
                if (ProviderKinds.Parse(code) is { } kind)
                {
                    return kind;
                }

                result.AddError($"\"{code}\" is no kind of provider; it is one of {string.Join(", ", ProviderKinds.Codes)}.");
                return null;
            },
        };
        var command = new Command("list", "Lists the providers that the loaded plugins bring.") { type, json };
        command.SetAction(async (parsed, _) =>
        {
            await using var host = openHost();
            var output = parsed.InvocationConfiguration.Output;
            var kind = parsed.GetValue(type);
            var providers = host.Catalog.Definitions.Where(definition => kind is null || definition.Kind == kind).ToList();
            if (parsed.GetValue(json))
            {
                CliJson.Write(output, new { providers = providers.Select(Describe) });
            }
            else
            {
                WriteTable(output, providers, host.Catalog.Plugins);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static object Describe(ProviderDefinition provider)
    {
        var descriptor = provider.Descriptor;
        var metadata = descriptor.Metadata;
        return new
        {
            provider.Key,
            type = ProviderKinds.Code(provider.Kind),
            descriptor.DisplayName,
            descriptor.Description,
            descriptor.Hosting,
            streaming = !provider.IsBatch,
            provider.Capabilities,
            metadata = new
            {
                documentation = metadata.Documentation?.OriginalString,
                pricing = metadata.Pricing?.OriginalString,
                metadata.Quality,
                typicalLatencyMs = metadata.TypicalLatency?.TotalMilliseconds,
                metadata.CostClass,
                metadata.CostUnit,
            },
            requirements = descriptor.Requirements,
            provider.SettingsSchema,
            provider.SecretsSchema,
            plugin = new { id = provider.PluginId, version = provider.PluginVersion },
        };
    }

    private static void WriteTable(TextWriter output, List<ProviderDefinition> providers, IReadOnlyList<PluginStatus> plugins)
    {
        if (providers.Count == 0)
        {
            output.WriteLine("No providers.");
        }
        else
        {
            var table = new CliTable("TYPE", "KEY", "NAME", "RUNS", "QUALITY", "LATENCY", "COST", "PLUGIN");
            foreach (var provider in providers)
            {
                var metadata = provider.Descriptor.Metadata;
                table.Add(
                [
                    ProviderKinds.Code(provider.Kind),
                    provider.Key,
                    provider.Descriptor.DisplayName,
                    Place(provider.Descriptor.Hosting),
                    metadata.Quality ?? "-",
                    metadata.TypicalLatency is { } latency ? $"{latency.TotalMilliseconds:0} ms" : "-",
                    metadata.CostClass ?? "-",
                    $"{provider.PluginId} {provider.PluginVersion}",
                ]);
            }

            table.Write(output);
        }

        var rejected = plugins.Count(plugin => plugin.State == PluginState.Rejected);
        if (rejected > 0)
        {
            output.WriteLine();
            output.WriteLine($"{rejected} rejected: \"aico plugin list\" says why.");
        }
    }

    private static string Place(ProviderHosting hosting) => hosting switch
    {
        ProviderHosting.BuiltIn => "here",
        ProviderHosting.Local => "own server",
        _ => "cloud",
    };
}
