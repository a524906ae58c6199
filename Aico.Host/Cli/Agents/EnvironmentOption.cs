using System.CommandLine;

namespace Aico.Host.Cli.Agents;

/// <summary><c>--env-file</c>, the same for every command that reads the environment.</summary>
internal static class EnvironmentOption
{
    public static Option<string[]> Create() => new("--env-file")
    {
        Description = "Reads environment variables from a file of NAME=value lines. May be given again: of two files the later counts. A variable that is set already keeps its value.",
        HelpName = "file",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
