namespace Aico.Host.Cli.Talk;

/// <summary>What was asked for cannot be done as it was asked: one line for the person who asked, exit code 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
