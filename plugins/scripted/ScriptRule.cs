using System.Text.RegularExpressions;

namespace Aico.Plugins.Scripted;

internal sealed record ScriptRule
{
    /// <summary>Searched in the caller's last words; case is ignored.</summary>
    public required Regex When { get; set; }

    /// <summary>What to say; several are used one after the other as the rule comes up again.</summary>
    public ScriptReplies Reply { get; set; } = ScriptReplies.None;

    /// <summary>Tools to call with the answer, as far as the agent offers them.</summary>
    public IReadOnlyList<ScriptTool> Tools { get; set; } = [];

    /// <summary>What to say when the tools' results are there.</summary>
    public string AfterTools { get; set; } = "";

    public int? FirstTokenDelayMs { get; set; }

    public int? TokenDelayMs { get; set; }

    public ScriptFailure? Failure { get; set; }
}
