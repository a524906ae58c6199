namespace Aico.Host.Cli;

/// <summary>The exit codes of every command; they are documented in docs/cli.md.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The thing that was asked for failed.</summary>
    public const int Failed = 1;

    /// <summary>The command was not understood, or names something that does not exist.</summary>
    public const int BadUsage = 2;

    /// <summary>The native library broke, and only a new process helps: a supervisor starts it again. The number is sysexits' "internal software error".</summary>
    public const int NativeBroken = 70;

    /// <summary>Interrupted by Ctrl+C, as shells number it.</summary>
    public const int Interrupted = 130;
}
