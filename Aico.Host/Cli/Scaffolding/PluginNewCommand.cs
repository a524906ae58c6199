using System.CommandLine;

namespace Aico.Host.Cli.Scaffolding;

/// <summary><c>aico plugin new</c>: a plugin that builds and passes its tests, to begin from.</summary>
internal static class PluginNewCommand
{
    private const string PackagePattern = "Aico.Abstractions.*.nupkg";

    /// <param name="hostFolder">The folder of the program, in or beside which the packages lie.</param>
    public static Command Create(string hostFolder)
    {
        var name = new Argument<string>("name") { Description = "The plugin's id and its provider's key, such as weather-voice." };
        var kind = new Option<string>("--kind") { Description = "What it provides: tts (the default), stt or llm.", HelpName = "stt|tts|llm", DefaultValueFactory = _ => "tts" };
        kind.AcceptOnlyFromAmong("stt", "tts", "llm");
        var target = new Option<string?>("--out") { Description = "The folder to make. Default: one with the plugin's name, here.", HelpName = "folder" };
        var feed = new Option<string?>("--feed") { Description = "The folder with AICO's NuGet packages. Default: packages/ in or beside the program's folder.", HelpName = "folder" };
        var json = CliJson.Option();
        var command = new Command("new", "Makes the project of a plugin, with tests on the conformance suite.") { name, kind, target, feed, json };
        command.SetAction(async (parsed, ct) =>
        {
            var plugin = PluginName.Of(parsed.GetRequiredValue(name));
            var folder = Path.GetFullPath(parsed.GetValue(target) ?? plugin.Id);
            var files = PluginTemplate.Render(parsed.GetRequiredValue(kind), plugin, Feed(parsed.GetValue(feed), hostFolder));
            await WriteAsync(folder, files, ct);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                CliJson.Write(output, new { plugin.Id, kind = parsed.GetRequiredValue(kind), folder, files = files.Select(file => file.Path) });
            }
            else
            {
                await output.WriteLineAsync($"{folder} holds the plugin \"{plugin.Id}\": {files.Count} files, README.md first.");
                await output.WriteLineAsync($"Next: cd {Path.GetRelativePath(".", folder)}, dotnet build -c Release, dotnet test -c Release --no-build");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static string Feed(string? named, string hostFolder)
    {
        IEnumerable<string> places = named is not null ? [named] : [Path.Combine(hostFolder, "packages"), Path.Combine(hostFolder, "..", "packages")];
        return places.Where(Directory.Exists).Select(Path.GetFullPath).FirstOrDefault(place => Directory.EnumerateFiles(place, PackagePattern).Any())
            ?? throw new CliException(
                named is not null ? $"There are no packages {PackagePattern} in {named}."
                : $"AICO's packages are neither in {Path.Combine(hostFolder, "packages")} nor beside it: name their folder with --feed; \"./build.sh pack\" makes them.");
    }

    private static async Task WriteAsync(string folder, IReadOnlyList<(string Path, string Text)> files, CancellationToken ct)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new CliException($"{folder} is there already, and nothing in it is overwritten: name another with --out.");
        }

        foreach (var (path, text) in files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, ct);
        }
    }
}
