namespace Aico.Host.Cli;

/// <summary>Ends a command with one line on standard error.</summary>
/// <param name="message">What was wrong and what would be right.</param>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
internal sealed class CliException(string message, int exitCode = ExitCode.BadUsage) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
