namespace Aico.Host.Cli.Configuration;

/// <param name="Area">What it is about: variables, environment, egress, livekit, providers/stt, backend or files.</param>
/// <param name="IsError">False: a host would start, and say this.</param>
/// <param name="Message">What is wrong and what would be right; no values.</param>
internal sealed record ConfigFinding(string Area, bool IsError, string Message);
