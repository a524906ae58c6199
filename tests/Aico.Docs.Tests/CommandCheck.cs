using Aico.Host;
using Aico.Host.Cli;
using Aico.Host.Cli.Talk;
using Aico.Host.Organizations.Variables;
using Aico.Testing;

namespace Aico.Docs.Tests;

/// <summary>What can be said of a command that is not run: that its program would understand it.</summary>
internal static class CommandCheck
{
    // What nobody shows in a document: a key for every vendor.
    private static readonly Dictionary<string, string> _keys = VendorVariable.All.Select(variable => variable.Name).Distinct()
        .ToDictionary(name => name, name => name.EndsWith("_ENDPOINT", StringComparison.Ordinal) ? "https://name.example.com" : "…");

    private static readonly string _buildScript = File.ReadAllText(Path.Combine(TestPaths.Repository, "build.sh"));

    /// <summary>What is wrong with a line; null where nothing is known to be.</summary>
    /// <param name="line">As the document has it.</param>
    /// <param name="host">Knows the providers.</param>
    /// <param name="made">Providers that the page itself makes.</param>
    public static string? ProblemOf(string line, AicoHost host, IReadOnlySet<string> made)
    {
        IReadOnlyList<ShellLine> commands;
        try
        {
            // A pipe and the like are no matter here: each part is looked at by itself.
            commands = [.. line.Split(" | ").SelectMany(part => ShellLine.Parse(part, name => $"<{name}>"))];
        }
        catch (FormatException error)
        {
            return error.Message;
        }

        return commands.Select(command => ProblemOf(command, host, made)).FirstOrDefault(problem => problem is not null);
    }

    private static string? ProblemOf(ShellLine command, AicoHost host, IReadOnlySet<string> made) => command.Words switch
    {
        [] => null,
        ["./build.sh", var verb, ..] when !_buildScript.Contains($"\n./build.sh {verb} ", StringComparison.Ordinal) => $"./build.sh has no verb {verb}",
        ["sudo", .. var rest] => ProblemOf(command with { Words = rest }, host, made),
        [var program, .. var args] when program == "aico" || program.EndsWith("/aico", StringComparison.Ordinal) => ProblemOf(args, command.Variables, host, made),
        _ => null,
    };

    private static string? ProblemOf(string[] args, IReadOnlyDictionary<string, string> variables, AicoHost host, IReadOnlySet<string> made)
    {
        var parsed = DocumentSandbox.Root(TextReader.Null).Parse(args);
        if (parsed.Errors.Count > 0 || parsed.UnmatchedTokens.Count > 0)
        {
            return CliErrors.Describe(parsed);
        }

        if (parsed.CommandResult.Command.Name != "talk" || args.Any(made.Contains))
        {
            return null;
        }

        try
        {
            // Chooses the providers and binds their settings, and so knows every name in it.
            var environment = _keys.Concat(variables.Where(variable => !_keys.ContainsKey(variable.Key))).ToDictionary();
            TalkPlanner.Plan(TalkCommand.Request(parsed), host.Catalog.Definitions, environment);
            return null;
        }
        catch (Exception error) when (CliErrors.ExitCodeOf(error) is not null)
        {
            return CliErrors.Describe(error);
        }
    }
}
