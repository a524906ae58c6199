using System.CommandLine;
using Aico.Host.Plugins;

namespace Aico.Host.Cli;

/// <summary><c>aico plugin list</c>: every plugin, what became of it, and what to do where it was rejected.</summary>
internal static class PluginListCommand
{
    public static Command Create(Func<AicoHost> openHost)
    {
        var json = CliJson.Option();
        var command = new Command("list", "Lists the plugins, and why one was rejected.") { json };
        command.SetAction(async (parsed, _) =>
        {
            await using var host = openHost();
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                CliJson.Write(output, new { folders = host.Plugins.Roots, plugins = host.Catalog.Plugins.Select(Describe) });
            }
            else
            {
                WriteTable(output, host);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static object Describe(PluginStatus plugin) => new
    {
        plugin.Id,
        plugin.Version,
        plugin.State,
        plugin.Folder,
        plugin.Providers,
        reason = plugin.Rejection?.Code,
        message = plugin.Rejection?.Message ?? plugin.Note,
        remedy = plugin.Rejection?.Remedy,
    };

    private static void WriteTable(TextWriter output, AicoHost host)
    {
        var plugins = host.Catalog.Plugins;
        if (plugins.Count > 0)
        {
            var table = new CliTable("ID", "VERSION", "STATE", "PROVIDERS");
            foreach (var plugin in plugins)
            {
                table.Add(
                    [
                        plugin.Id,
                        plugin.Version ?? "-",
                        plugin.Rejection is { } rejection ? $"rejected ({rejection.Code})" : plugin.State.ToString().ToLowerInvariant(),
                        string.Join(", ", plugin.Providers),
                    ],
                    plugin.Rejection?.Message ?? plugin.Note,
                    plugin.Rejection is null ? null : $"To do: {plugin.Rejection.Remedy}");
            }

            table.Write(output);
            output.WriteLine();
        }

        var loaded = plugins.Count(plugin => plugin.State == PluginState.Loaded);
        var rejected = plugins.Count(plugin => plugin.State == PluginState.Rejected);
        output.WriteLine($"{loaded} loaded, {rejected} rejected, from {string.Join(" and ", host.Plugins.Roots)}");
    }
}
