using System.Text.Json;
using Aico.Plugins.Shared.Chat;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Shared.ChatCompletions;

/// <summary>Writes the conversation: text, tool calls and their results.</summary>
internal static class ChatMessageWriter
{
    public static void Write(Utf8JsonWriter json, IEnumerable<ChatMessage> messages, string? instructions)
    {
        json.WriteStartArray("messages");
        if (!string.IsNullOrEmpty(instructions))
        {
            Begin(json, "system", instructions);
            json.WriteEndObject();
        }

        foreach (var message in messages)
        {
            Write(json, message);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ChatMessage message)
    {
        List<FunctionCallContent>? calls = null;
        var hasResults = false;
        foreach (var content in message.Contents)
        {
            switch (content)
            {
                case FunctionCallContent call:
                    (calls ??= []).Add(call);
                    break;
                case FunctionResultContent result:
                    // Each result is a message of its own here.
                    Begin(json, "tool", ToolJson.Result(result.Result));
                    json.WriteString("tool_call_id", result.CallId);
                    json.WriteEndObject();
                    hasResults = true;
                    break;
                case TextContent or TextReasoningContent or UsageContent:
                    break;
                default:
                    throw new ArgumentException($"Only text and tools can be sent, not {content.GetType().Name}.", nameof(message));
            }
        }

        var text = message.Text;
        if (hasResults && text.Length == 0)
        {
            return;
        }

        Begin(json, message.Role == ChatRole.Tool ? ChatRole.User.Value : message.Role.Value, text.Length > 0 || calls is null ? text : null);
        if (calls is not null)
        {
            WriteCalls(json, calls);
        }

        json.WriteEndObject();
    }

    private static void WriteCalls(Utf8JsonWriter json, List<FunctionCallContent> calls)
    {
        json.WriteStartArray("tool_calls");
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id", call.CallId);
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", call.Name);
            json.WriteString("arguments", ToolJson.Arguments(call));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Begin(Utf8JsonWriter json, string role, string? content)
    {
        json.WriteStartObject();
        json.WriteString("role", role);
        json.WriteString("content", content);
    }
}
