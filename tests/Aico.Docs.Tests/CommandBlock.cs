namespace Aico.Docs.Tests;

/// <summary>A block of commands: indented by four blanks, or fenced as sh.</summary>
/// <param name="Page">Where it stands.</param>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Commands">One a line.</param>
/// <param name="NotRun">Why it is not run here; null where it is.</param>
internal sealed record CommandBlock(DocumentPage Page, int Line, IReadOnlyList<string> Commands, string? NotRun);
