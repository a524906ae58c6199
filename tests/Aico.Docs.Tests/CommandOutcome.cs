namespace Aico.Docs.Tests;

/// <summary>What became of a command.</summary>
/// <param name="Command">As the document has it.</param>
/// <param name="ExitCode">0 where it did what it is for.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandOutcome(string Command, int ExitCode, string Output, string Error);
