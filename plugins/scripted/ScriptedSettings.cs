using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Aico.Plugins.Scripted;

internal sealed record ScriptedSettings
{
    [Description("The script: the path of a JSON file, or the JSON itself. Empty: everything is repeated. The format is described in docs/scripted.md.")]
    public string Script { get; init; } = "";

    [Description("Time until the first word of an answer, in milliseconds, where a rule says nothing else.")]
    [Range(0, 600_000)]
    public int FirstTokenDelayMs { get; init; }

    [Description("Time between two words of an answer, in milliseconds, where a rule says nothing else.")]
    [Range(0, 60_000)]
    public int TokenDelayMs { get; init; }
}
