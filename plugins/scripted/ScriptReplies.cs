using System.Text.Json.Serialization;

namespace Aico.Plugins.Scripted;

/// <summary>One answer or several, as the script gives a string or a list of strings.</summary>
[JsonConverter(typeof(ScriptRepliesConverter))]
internal sealed record ScriptReplies(IReadOnlyList<string> Texts)
{
    public static ScriptReplies None { get; } = new([""]);

    /// <summary>The answer for the time, counted from 0, that its rule comes up.</summary>
    public string For(int time) => Texts[time % Texts.Count];
}
