using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench;

/// <summary>What an engine can do, for programs and for people.</summary>
internal sealed record EngineBenchResult(JsonObject Json, string Text);
