using System.Reflection;
using System.Text.Json.Nodes;
using Aico.Host.Calls;

namespace Aico.Host.Cli.Talk;

/// <summary>Writes a call as one self-contained page: its events and its audio on a time axis.</summary>
internal static class TimelinePage
{
    private const string Template = "Aico.Host.Cli.Talk.timeline.html";
    private const string Script = "Aico.Host.Cli.Talk.timeline.js";
    private const string CallMark = "{{call}}";
    private const string AudioMark = "{{audio}}";
    private const string ScriptMark = "{{script}}";

    // Divisible by three, so that only the last piece is padded and the pieces join to one base64 text.
    private const int PieceBytes = 48 * 1024;

    /// <summary>Writes the page.</summary>
    /// <param name="result">The call.</param>
    /// <param name="wav">A WAV file, caller left and agent right, 16 bit; empty for a call without audio.</param>
    /// <param name="page">Takes the page.</param>
    public static void Write(TalkResult result, ReadOnlySpan<byte> wav, TextWriter page)
    {
        var template = Read(Template);
        var call = template.IndexOf(CallMark, StringComparison.Ordinal);
        var audio = template.IndexOf(AudioMark, StringComparison.Ordinal);
        var script = template.IndexOf(ScriptMark, StringComparison.Ordinal);

        // Written in pieces: what a caller said may hold a mark of the template, and must stay words.
        page.Write(template.AsSpan(0, call));
        page.Write(Describe(result));
        page.Write(template.AsSpan(call + CallMark.Length, audio - call - CallMark.Length));
        if (!wav.IsEmpty)
        {
            page.Write("data:audio/wav;base64,");
        }

        for (var rest = wav; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, PieceBytes)..])
        {
            page.Write(Convert.ToBase64String(rest[..Math.Min(rest.Length, PieceBytes)]));
        }

        page.Write(template.AsSpan(audio + AudioMark.Length, script - audio - AudioMark.Length));
        page.Write(Read(Script));
        page.Write(template.AsSpan(script + ScriptMark.Length));
    }

    // The serializer writes <, > and & as \u escapes, so that no text can end the script element that holds it.
    private static string Describe(TalkResult result) => new JsonObject
    {
        ["durationMs"] = TurnJson.Milliseconds(result.Duration),
        ["endReason"] = TalkJson.Name(result.EndReason),
        ["providers"] = new JsonObject
        {
            ["stt"] = result.Providers.Stt,
            ["llm"] = result.Providers.Llm,
            ["tts"] = result.Providers.Tts,
            ["vad"] = result.Providers.Vad,
        },
        ["turns"] = new JsonArray([.. result.Turns.Select(turn => Turn(turn, result.Providers))]),
        ["events"] = new JsonArray([.. result.Events.Where(e => e is not (TurnCompleted or CallEnded)).Select(TalkJson.Event)]),
    }.ToJsonString();

    private static JsonObject Turn(TurnRecord turn, ProviderKeys providers)
    {
        var node = TurnJson.Write(turn, providers);
        var stages = turn.Timings.Stages().Select(stage => new JsonObject
        {
            ["name"] = stage.Name,
            ["ms"] = TurnJson.Milliseconds(stage.Took),
        });
        node["stages"] = new JsonArray([.. stages]);
        return node;
    }

    private static string Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"A part of the page, {resource}, is not in this program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
