namespace Aico.Host.Storage;

/// <param name="Name">Which of the organization's agents; "default" where there is one only.</param>
/// <param name="Settings">The text of a JSON object.</param>
/// <param name="Revision">Of its last change.</param>
/// <param name="Updated">When that was.</param>
internal sealed record AgentProfileRow(string Name, string Settings, long Revision, DateTimeOffset Updated);
