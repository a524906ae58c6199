using System.CommandLine;
using System.CommandLine.Invocation;

namespace Aico.Host.Cli;

/// <summary>Runs a command line: results go to standard output, one line for each fault to standard error.</summary>
internal static class CliRunner
{
    public static Task<int> RunAsync(RootCommand root, IReadOnlyList<string> args) =>
        RunAsync(root, args, Console.Out, Console.Error, CancellationToken.None);

    public static async Task<int> RunAsync(
        RootCommand root, IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken ct)
    {
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            // The library's own answer is the whole help text and exit code 1.
            await error.WriteLineAsync($"aico: {CliErrors.Describe(parsed)}");
            return ExitCode.BadUsage;
        }

        try
        {
            var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
            if (parsed.CommandResult.Command is ServingCommand)
            {
                // The library would end the process two seconds after the first signal, and calls want their goodbye.
                configuration.ProcessTerminationTimeout = null;
            }

            return await parsed.InvokeAsync(configuration, ct);
        }
        catch (Exception fault) when (CliErrors.ExitCodeOf(fault) is not null)
        {
            await error.WriteLineAsync($"aico: {CliErrors.Describe(fault)}");
            return CliErrors.ExitCodeOf(fault)!.Value;
        }
    }
}
