namespace Aico.Host.Telemetry.Tracing;

/// <summary>What a trace tells of a call beside its events. Nothing of its caller.</summary>
internal sealed record CallFacts(string RoomName, string AgentName, string ConfigurationVersion);
