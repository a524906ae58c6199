using System.Globalization;
using System.Text;
using Aico.Host.Calls;

namespace Aico.Host.Cli.Talk;

/// <summary>A turn as people read it: who said what when, and where the time went.</summary>
internal static class TranscriptText
{
    private const string Indent = "          ";

    public static string Of(TurnRecord turn)
    {
        var text = new StringBuilder();
        var start = turn.CallerStart ?? turn.Timings.TurnDecided ?? turn.AgentStart ?? TimeSpan.Zero;
        var lead = $"[{Clock(start)}] ";
        if (turn.CallerText.Length > 0)
        {
            text.Append(lead).Append("caller: ").AppendLine(Printable(turn.CallerText));
            lead = Indent;
        }

        foreach (var call in turn.ToolCalls)
        {
            text.Append(lead).AppendLine(Printable(Tool(call)));
            lead = Indent;
        }

        if (turn.AgentText.Length > 0)
        {
            text.Append(lead).Append("agent:  ").AppendLine(Printable(turn.AgentText));
            lead = Indent;
        }

        if (turn.Interrupted)
        {
            text.Append(Indent).Append("interrupted; heard: ").AppendLine(turn.HeardText.Length > 0 ? Printable(turn.HeardText) : "(nothing)");
        }

        if (turn.CallerText.Length > 0)
        {
            text.Append(Indent).AppendLine(Latency(turn));
        }

        return text.ToString();
    }

    /// <summary>Text for a terminal: control characters, which could move its cursor or hide words, become spaces.</summary>
    public static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>Minutes, seconds and tenths.</summary>
    public static string Clock(TimeSpan time) => time.ToString(@"mm\:ss\.f", CultureInfo.InvariantCulture);

    public static string Latency(TurnRecord turn)
    {
        if (turn.Timings.VoiceToVoice is { } whole)
        {
            var stages = turn.Timings.Stages().Select(stage => $"{Words(stage.Name)} {Round(stage.Took)}");
            var kind = turn.Timings.EndOfSpeech is null ? "text to voice" : "voice to voice";
            return $"{kind} {Round(whole)} ms ({string.Join(", ", stages)})";
        }

        if (turn.Timings.FirstToken - turn.Timings.TurnDecided is { } first && turn.AgentText.Length > 0)
        {
            return $"first token after {Round(first)} ms";
        }

        return turn.ToolCalls.Count > 0 ? "nothing to say" : "no answer";
    }

    private static string Tool(ToolCallRecord call)
    {
        var outcome = call.Error is null ? call.Result ?? "nothing" : $"failed: {call.Error}";
        return $"tool:   {call.Name}({call.Arguments}) = {outcome}, {Round(call.Ended - call.Started)} ms";
    }

    private static string Words(string stage) =>
        string.Concat(stage.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    private static string Round(TimeSpan time) => Math.Round(time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
