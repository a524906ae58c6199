using System.Text.Json.Nodes;
using Aico.Host.Organizations.Documents;

namespace Aico.Host.Cli.Organizations.Desks;

/// <param name="Pointer">JSON pointer into the settings.</param>
/// <param name="Value">What it is.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="IsHidden">True where a server does not say what it is: its operator's environment.</param>
internal sealed record ExplainedValue(string Pointer, JsonNode? Value, ConfigurationOrigin Origin, bool IsHidden = false);
