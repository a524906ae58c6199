using System.Text.Json;
using Aico.Plugins.Shared.Chat;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Gemini;

/// <summary>Writes the conversation as Gemini has it: instructions apart, and two roles that take turns.</summary>
internal static class GeminiContents
{
    public static void Write(Utf8JsonWriter json, IEnumerable<ChatMessage> messages, string? instructions)
    {
        var all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var system = all.Where(message => message.Role == ChatRole.System).Select(message => message.Text).Prepend(instructions ?? "").Where(text => text.Length > 0).ToList();
        if (system.Count > 0)
        {
            json.WriteStartObject("systemInstruction");
            json.WriteStartArray("parts");
            system.ForEach(text => WriteText(json, text));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteStartArray("contents");
        string? open = null;
        var names = new Dictionary<string, string>();
        foreach (var message in all.Where(message => message.Role != ChatRole.System && IsSaid(message)))
        {
            var role = message.Role == ChatRole.Assistant ? "model" : "user";
            if (role != open)
            {
                Close(json, open);
                json.WriteStartObject();
                json.WriteString("role", role);
                json.WriteStartArray("parts");
                open = role;
            }

            foreach (var content in message.Contents)
            {
                WritePart(json, content, names);
            }
        }

        Close(json, open);
        json.WriteEndArray();
    }

    // A content without parts is refused.
    private static bool IsSaid(ChatMessage message) =>
        message.Contents.Any(content => content is TextContent { Text.Length: > 0 } or FunctionCallContent or FunctionResultContent or DataContent or UriContent);

    private static void Close(Utf8JsonWriter json, string? open)
    {
        if (open is not null)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, AIContent content, Dictionary<string, string> names)
    {
        switch (content)
        {
            case TextContent { Text.Length: > 0 } text:
                WriteText(json, text.Text);
                break;
            case FunctionCallContent call:
                names[call.CallId] = call.Name;
                json.WriteStartObject();
                json.WriteStartObject("functionCall");
                json.WriteString("id", call.CallId);
                json.WriteString("name", call.Name);
                json.WritePropertyName("args");
                json.WriteRawValue(ToolJson.Arguments(call));
                json.WriteEndObject();
                if (call.AdditionalProperties?.TryGetValue(GeminiRequestWriter.Signature, out var signature) == true)
                {
                    json.WriteString("thoughtSignature", signature?.ToString());
                }

                json.WriteEndObject();
                break;
            case FunctionResultContent result:
                json.WriteStartObject();
                json.WriteStartObject("functionResponse");
                json.WriteString("id", result.CallId);
                json.WriteString("name", names.GetValueOrDefault(result.CallId, result.CallId));
                // It must be an object, whatever the tool returned.
                json.WriteStartObject("response");
                json.WriteString("result", ToolJson.Result(result.Result));
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case TextContent or TextReasoningContent or UsageContent:
                break;
            default:
                throw new ArgumentException($"Only text and tools can be sent, not {content.GetType().Name}.", nameof(content));
        }
    }
}
