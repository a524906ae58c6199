using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Aico.Host.Calls;

namespace Aico.Host.Cli.Talk;

/// <summary>
/// The object that <c>aico talk --json</c> prints: the contract of docs/schemas/talk.schema.json. Times are milliseconds on the
/// call's clock, rounded to a tenth.
/// </summary>
internal static class TalkJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new MillisecondsConverter() },
    };

    // Printed to a terminal or a file, never into a page: there, what the default encoder escapes must stay escaped.
    private static readonly JsonSerializerOptions Printed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(TalkResult result) => ToNode(result).ToJsonString(Printed);

    /// <summary>An event as a node whose member "type" is the event's name in camel case.</summary>
    public static JsonObject Event(CallEvent callEvent)
    {
        var node = JsonSerializer.SerializeToNode(callEvent, callEvent.GetType(), Options)!.AsObject();
        node["type"] = JsonNamingPolicy.CamelCase.ConvertName(callEvent.GetType().Name);
        return node;
    }

    public static string Name(CallEndReason reason) => JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());

    private static JsonObject ToNode(TalkResult result) => new()
    {
        ["turns"] = new JsonArray([.. result.Turns.Select(turn => TurnJson.Write(turn, result.Providers))]),
        ["errors"] = new JsonArray([.. result.Errors.Select(Error)]),
        ["out"] = result.Out,
        ["timeline"] = result.Timeline,
        ["endReason"] = Name(result.EndReason),
    };

    private static JsonObject Error(StageFailed failed) => new()
    {
        ["atMs"] = TurnJson.Milliseconds(failed.At),
        ["stage"] = JsonNamingPolicy.CamelCase.ConvertName(failed.Stage.ToString()),
        ["provider"] = failed.Provider,
        ["failure"] = failed.Failure is { } failure ? JsonNamingPolicy.CamelCase.ConvertName(failure.ToString()) : null,
        ["message"] = failed.Message,
    };

    private sealed class MillisecondsConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeSpan.FromMilliseconds(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(TurnJson.Milliseconds(value)!.Value);
    }
}
