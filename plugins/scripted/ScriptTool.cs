using System.Text.Json;

namespace Aico.Plugins.Scripted;

/// <summary>A call of a tool.</summary>
internal sealed record ScriptTool
{
    public required string Name { get; set; }

    /// <summary>The arguments; placeholders are filled in where a value is a string.</summary>
    public IReadOnlyDictionary<string, JsonElement> Arguments { get; set; } = new Dictionary<string, JsonElement>();
}
