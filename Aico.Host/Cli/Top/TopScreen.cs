using System.Globalization;
using System.Text.Json.Nodes;

namespace Aico.Host.Cli.Top;

/// <summary>A host's answer as lines for people. What strangers may have named, such as rooms, can do nothing to the terminal.</summary>
internal static class TopScreen
{
    private static readonly Dictionary<string, string> LatencyNames = new()
    {
        ["endToEnd"] = "voice to voice",
        ["transcription"] = "final words",
        ["endOfTurn"] = "turn decided",
        ["firstToken"] = "first token",
        ["firstAudio"] = "first audio",
    };

    /// <exception cref="InvalidOperationException">The answer is of another version.</exception>
    public static IReadOnlyList<string> Lines(JsonObject host)
    {
        var lines = new List<string> { Head(host), Process(host) };
        lines.AddRange(Latencies(host["latencies"]!.AsArray()));
        lines.AddRange(Calls(host["calls"]!.AsArray()));
        lines.AddRange(Outages(host["providers"]!.AsObject()));
        lines.AddRange(Hosts(host["hosts"]?.AsArray(), Time(host, "at")));
        return [.. lines.Select(Harmless)];
    }

    private static string Head(JsonObject host)
    {
        var age = Time(host, "at") - Time(host, "startedAt");
        var start = $"AICO {Text(host, "version")}  role {Text(host, "role")}  process {Whole(host, "processId")}  up {Span(age)}";
        if (host["worker"]?.AsObject() is not { } worker)
        {
            return $"{start}  takes no calls";
        }

        var state = Text(worker, "phase") is var phase && worker["error"]?.GetValue<string>() is { } error ? $"{phase}: {error}" : phase;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{start}  calls {Whole(worker, "activeJobs")} of {Whole(worker, "places")}{(Flag(worker, "full") ? " (full)" : "")}  load {Number(worker, "load"):0.00}  {state}");
    }

    private static string Process(JsonObject host)
    {
        var process = host["process"]!.AsObject();
        var plugins = host["plugins"]!.AsObject();
        var queue = host["databaseQueue"]?.AsObject();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"cpu {Number(process, "cpuShare") * 100:0} % of {Whole(process, "processors")}  memory {Number(process, "residentBytes") / 1048576:0} MB (.NET {Number(process, "managedBytes") / 1048576:0})  "
            + $"pool {Whole(process, "poolThreads")} threads, delay {Number(process, "poolDelayMs"):0} ms  database {(queue is null ? "none" : $"{Whole(queue, "writes") + Whole(queue, "reads")} waiting")}  "
            + $"plugins {Whole(plugins, "loaded")}{(Whole(plugins, "rejected") is > 0 and var rejected ? $", {rejected} rejected" : "")}");
    }

    private static IEnumerable<string> Latencies(JsonArray latencies)
    {
        if (latencies.Count == 0)
        {
            return ["", "No turn has been spoken yet."];
        }

        var table = new CliTable("LATEST TURNS", "TURNS", "MEDIAN", "P95");
        foreach (var latency in latencies.Select(latency => latency!.AsObject()))
        {
            table.Add([LatencyNames.GetValueOrDefault(Text(latency, "name"), Text(latency, "name")), $"{Whole(latency, "turns")}", Ms(latency["medianMs"]), Ms(latency["p95Ms"])]);
        }

        return ["", .. Written(table)];
    }

    private static IEnumerable<string> Calls(JsonArray calls)
    {
        if (calls.Count == 0)
        {
            return ["", "No calls."];
        }

        var table = new CliTable("CALL", "ORGANIZATION", "ROOM", "AGE", "AGENT", "CALLER", "TURNS", "VOICE", "WORDS", "TURN", "AUDIO", "LATE", "LOST", "QUEUE", "STT LLM TTS");
        foreach (var call in calls.Select(call => call!.AsObject()))
        {
            var last = call["lastTurn"]?.AsObject();
            var providers = call["providers"]!.AsObject();
            table.Add(
            [
                Short(Text(call, "id"), 20), Short(TextOr(call["organizationId"]), 20), Short(Text(call, "roomName"), 24), Span(TimeSpan.FromMilliseconds(Number(call, "ageMs"))),
                Text(call, "agentState"), Text(call, "callerState"), $"{Whole(call, "turns")}",
                Ms(last?["endToEndMs"]), Ms(last?["transcriptionMs"]), Ms(last?["endOfTurnMs"]), Ms(last?["firstAudioMs"]),
                $"{Whole(call, "lateFrames")}", $"{Whole(call, "droppedFrames")}", Ms(call["queueAgeMs"]),
                $"{TextOr(providers["stt"])} {TextOr(providers["llm"])} {TextOr(providers["tts"])}",
            ]);
        }

        return ["", .. Written(table)];
    }

    private static IEnumerable<string> Outages(JsonObject providers)
    {
        var outages = providers["outages"]!.AsArray();
        if (outages.Count == 0)
        {
            return ["", $"All of {Whole(providers, "count")} providers are there."];
        }

        var table = new CliTable("OUT", "WHERE", "FOR", "FAILURE", "SINCE", "STATE");
        foreach (var outage in outages.Select(outage => outage!.AsObject()))
        {
            var wait = Number(outage, "retryInMs");
            table.Add(
                [
                    Text(outage, "provider"), $"{Text(outage, "endpoint")}{(outage["model"]?.GetValue<string>() is { } model ? $" {model}" : "")}", Text(outage, "scope"), Text(outage, "failure"),
                    Time(outage, "since").ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    wait > 0 ? $"tried again in {Span(TimeSpan.FromMilliseconds(wait))}" : Text(outage, "phase"),
                ],
                Short(Text(outage, "message"), 160));
        }

        return ["", .. Written(table)];
    }

    // Where agents run in other processes the host that keeps the organizations lists them, itself first.
    private static IEnumerable<string> Hosts(JsonArray? hosts, DateTimeOffset now) => hosts is null or { Count: < 2 } ? [] : ["", .. Written(HostTable.Of(hosts, now))];

    private static string[] Written(CliTable table)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        table.Write(text);
        return text.ToString().TrimEnd('\n').Split('\n');
    }

    // Escape sequences, line ends and other controls would be the terminal's.
    private static string Harmless(string line) => string.Concat(line.Select(c => char.IsControl(c) ? '?' : c));

    private static string Short(string text, int most)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= most ? line : $"{line[..(most - 1)]}…";
    }

    private static string Span(TimeSpan span) => span.TotalDays >= 1 ? $"{(int)span.TotalDays} d {span.Hours} h"
        : span.TotalHours >= 1 ? $"{(int)span.TotalHours} h {span.Minutes} min"
        : span.TotalMinutes >= 1 ? $"{span.Minutes} min {span.Seconds} s"
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalSeconds):0} s");

    private static string Ms(JsonNode? value) => value is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{value.GetValue<double>():0} ms");

    private static string TextOr(JsonNode? value) => value?.ToString() is { Length: > 0 } text ? text : "-";

    private static string Text(JsonObject node, string name) => node[name]!.GetValue<string>();

    private static long Whole(JsonObject node, string name) => node[name]!.GetValue<long>();

    private static double Number(JsonObject node, string name) => node[name]!.GetValue<double>();

    private static bool Flag(JsonObject node, string name) => node[name]!.GetValue<bool>();

    private static DateTimeOffset Time(JsonObject node, string name) => node[name]!.GetValue<DateTimeOffset>();
}
