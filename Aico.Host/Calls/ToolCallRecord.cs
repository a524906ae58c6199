namespace Aico.Host.Calls;

/// <summary>One tool call of an answer.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">Its arguments as JSON.</param>
/// <param name="Result">What it returned as JSON or text; null where it failed.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
/// <param name="Started">When it began, on the call's clock.</param>
/// <param name="Ended">When it ended, on the call's clock.</param>
internal sealed record ToolCallRecord(
    string Name, string Arguments, string? Result, string? Error, TimeSpan Started, TimeSpan Ended);
