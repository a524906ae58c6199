using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Shared.Chat;

/// <summary>Arguments and results of tools as JSON.</summary>
internal static class ToolJson
{
    /// <summary>The library's own options indent, and every blank is a token to pay for.</summary>
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    public static string Arguments(FunctionCallContent call) =>
        call.Arguments is null ? "{}" : Serialize(call.Arguments, typeof(IDictionary<string, object?>));

    /// <summary>A result as text: a text as it is, anything else as JSON.</summary>
    public static string Result(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement element => element.GetRawText(),
        _ => Serialize(result, result.GetType()),
    };

    /// <summary>A call from the arguments that were streamed. Arguments that are no JSON object are reported in its Exception.</summary>
    public static FunctionCallContent Call(string arguments, string id, string name) =>
        FunctionCallContent.CreateFromParsedArguments(arguments, id, name, Parse);

    private static IDictionary<string, object?>? Parse(string json) =>
        string.IsNullOrWhiteSpace(json)
            ? new Dictionary<string, object?>()
            : (IDictionary<string, object?>?)JsonSerializer.Deserialize(json, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)));

    private static string Serialize(object value, Type type) => JsonSerializer.Serialize(value, Compact.GetTypeInfo(type));
}
