using System.Text.Json.Nodes;

namespace Aico.Host.Calls;

/// <summary>A turn as every output of the host shows it (docs/schemas/talk.schema.json). Times are milliseconds on the call's clock, rounded to a tenth.</summary>
internal static class TurnJson
{
    public static double? Milliseconds(TimeSpan? time) => time is { } value ? Math.Round(value.TotalMilliseconds, 1) : null;

    /// <summary>One turn with exactly the members of the contract.</summary>
    public static JsonObject Write(TurnRecord turn, ProviderKeys providers) => new()
    {
        ["caller"] = new JsonObject
        {
            ["text"] = turn.CallerText,
            ["startMs"] = Milliseconds(turn.CallerStart),
            ["endMs"] = Milliseconds(turn.CallerEnd),
        },
        ["agent"] = new JsonObject
        {
            ["text"] = turn.AgentText,
            ["heardText"] = turn.HeardText,
            ["startMs"] = Milliseconds(turn.AgentStart),
            ["endMs"] = Milliseconds(turn.AgentEnd),
            ["interrupted"] = turn.Interrupted,
        },
        ["timings"] = Timings(turn.Timings),
        ["providers"] = new JsonObject { ["stt"] = providers.Stt, ["llm"] = providers.Llm, ["tts"] = providers.Tts },
        ["toolCalls"] = new JsonArray([.. turn.ToolCalls.Select(ToolCall)]),
    };

    private static JsonObject Timings(CallTimings timings) => new()
    {
        ["endOfSpeechMs"] = Milliseconds(timings.EndOfSpeech),
        ["finalTextMs"] = Milliseconds(timings.FinalText),
        ["turnDecidedMs"] = Milliseconds(timings.TurnDecided),
        ["firstTokenMs"] = Milliseconds(timings.FirstToken),
        ["firstSentenceMs"] = Milliseconds(timings.FirstSentence),
        ["firstAudioMs"] = Milliseconds(timings.FirstAudio),
        ["playedMs"] = Milliseconds(timings.Played),
        ["voiceToVoiceMs"] = Milliseconds(timings.VoiceToVoice),
    };

    private static JsonObject ToolCall(ToolCallRecord call) => new()
    {
        ["name"] = call.Name,
        ["arguments"] = call.Arguments,
        ["result"] = call.Result,
        ["error"] = call.Error,
        ["startMs"] = Milliseconds(call.Started),
        ["endMs"] = Milliseconds(call.Ended),
    };
}
