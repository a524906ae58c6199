namespace Aico.Plugins.Scripted;

/// <summary>What the stand-in says. The first rule whose pattern is found in the caller's words answers.</summary>
internal sealed record Script
{
    /// <summary>Said where the conversation has no words of a caller yet.</summary>
    public string Opening { get; set; } = "Hello.";

    /// <summary>Said where no rule fits.</summary>
    public string Otherwise { get; set; } = "You said: {text}";

    public IReadOnlyList<ScriptRule> Rules { get; set; } = [];
}
