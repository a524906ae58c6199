using Aico.Host;
using Aico.Host.Cli;
using Aico.Host.Cli.Talk;
using Aico.Testing;

namespace Aico.Docs.Tests;

/// <summary>What can be said of a command that is not run: that its program would understand it.</summary>
internal static class CommandCheck
{
    private static readonly string _buildScript = File.ReadAllText(Path.Combine(TestPaths.Repository, "build.sh"));

    /// <summary>What is wrong with a line; null where nothing is known to be.</summary>
    public static string? ProblemOf(string line, AicoHost host)
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

        return commands.Select(command => ProblemOf(command, host)).FirstOrDefault(problem => problem is not null);
    }

    private static string? ProblemOf(ShellLine command, AicoHost host) => command.Words switch
    {
        [] => null,
        ["./build.sh", var verb, ..] when !_buildScript.Contains($"\n./build.sh {verb} ", StringComparison.Ordinal) => $"./build.sh has no verb {verb}",
        ["sudo", .. var rest] => ProblemOf(command with { Words = rest }, host),
        [var program, .. var args] when program == "aico" || program.EndsWith("/aico", StringComparison.Ordinal) => ProblemOf(args, command.Variables, host),
        _ => null,
    };

    private static string? ProblemOf(string[] args, IReadOnlyDictionary<string, string> variables, AicoHost host)
    {
        var parsed = DocumentSandbox.Root(TextReader.Null).Parse(args);
        if (parsed.Errors.Count > 0 || parsed.UnmatchedTokens.Count > 0)
        {
            return CliErrors.Describe(parsed);
        }

        if (parsed.CommandResult.Command.Name != "talk")
        {
            return null;
        }

        try
        {
            // Chooses the providers and binds their settings, and so knows every name in it.
            TalkPlanner.Plan(TalkCommand.Request(parsed), host.Catalog.Definitions, variables);
            return null;
        }
        catch (Exception error) when (CliErrors.ExitCodeOf(error) is not null)
        {
            return CliErrors.Describe(error);
        }
    }
}
