using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>What callers heard in the measured time. All times in milliseconds.</summary>
internal sealed class ConversationResult
{
    /// <summary>Of each answer: from the end of the caller's speech to the first audio of the agent; for an echo from a sound to the same sound.</summary>
    public List<double> Answers { get; init; } = [];

    /// <summary>Of each interruption: from the caller's first voice to the agent's last.</summary>
    public List<double> Interruptions { get; init; } = [];

    /// <summary>Voice heard of each answer that was not interrupted.</summary>
    public List<double> Voiced { get; init; } = [];

    /// <summary>The longest gap of each of them.</summary>
    public List<double> LongestGaps { get; init; } = [];

    /// <summary>Gaps that can be heard, in all answers.</summary>
    public int Gaps { get; set; }

    public int Unanswered { get; set; }

    /// <summary>Frames that the callers' own process sent too late.</summary>
    public int LateFrames { get; set; }

    public static ConversationResult Read(JsonObject json) => new()
    {
        Answers = List(json, "answers"),
        Interruptions = List(json, "interruptions"),
        Voiced = List(json, "voiced"),
        LongestGaps = List(json, "longestGaps"),
        Gaps = json["gaps"]!.GetValue<int>(),
        Unanswered = json["unanswered"]!.GetValue<int>(),
        LateFrames = json["lateFrames"]!.GetValue<int>(),
    };

    public void Add(ConversationResult other)
    {
        Answers.AddRange(other.Answers);
        Interruptions.AddRange(other.Interruptions);
        Voiced.AddRange(other.Voiced);
        LongestGaps.AddRange(other.LongestGaps);
        Gaps += other.Gaps;
        Unanswered += other.Unanswered;
    }

    public void Add(HeardReply reply)
    {
        Voiced.Add(reply.VoicedMs);
        LongestGaps.Add(reply.LongestGapMs);
        Gaps += reply.Gaps;
    }

    public JsonObject ToJson() => new()
    {
        ["answers"] = Array(Answers),
        ["interruptions"] = Array(Interruptions),
        ["voiced"] = Array(Voiced),
        ["longestGaps"] = Array(LongestGaps),
        ["gaps"] = Gaps,
        ["unanswered"] = Unanswered,
        ["lateFrames"] = LateFrames,
    };

    private static JsonArray Array(List<double> values) => [.. values.Select(value => (JsonNode)value)];

    private static List<double> List(JsonObject json, string name) => [.. json[name]!.AsArray().Select(value => value!.GetValue<double>())];
}
