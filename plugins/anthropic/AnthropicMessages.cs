using System.Text.Json;
using Aico.Plugins.Shared.Chat;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Anthropic;

/// <summary>
/// Writes the conversation as Anthropic has it: instructions apart, two roles that take turns, the caller first and last. Where the
/// agent spoke first or nobody answered, a note in brackets stands for the caller.
/// </summary>
internal static class AnthropicMessages
{
    private const string Beginning = "(The conversation begins.)";
    private const string Silence = "(The caller says nothing.)";

    public static void Write(Utf8JsonWriter json, IEnumerable<ChatMessage> messages, string? instructions)
    {
        var all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var system = string.Join("\n\n", all.Where(message => message.Role == ChatRole.System).Select(message => message.Text).Prepend(instructions).Where(text => !string.IsNullOrWhiteSpace(text)));
        if (system.Length > 0)
        {
            json.WriteString("system", system);
        }

        var said = all.Where(message => message.Role != ChatRole.System && IsSaid(message)).ToList();
        // Thoughts go back with the tools that they led to, and nowhere else: what was heard of earlier turns is not what was written.
        var current = said.FindLastIndex(message => message.Role == ChatRole.User);
        json.WriteStartArray("messages");
        string? open = null;
        if (said.Count == 0 || said[0].Role == ChatRole.Assistant)
        {
            Turn(json, ref open, "user");
            WriteText(json, Beginning);
        }

        for (var i = 0; i < said.Count; i++)
        {
            Turn(json, ref open, said[i].Role == ChatRole.Assistant ? "assistant" : "user");
            foreach (var content in said[i].Contents)
            {
                WriteBlock(json, content, withThoughts: i > current);
            }
        }

        if (open == "assistant")
        {
            // An answer that is begun for the model is refused since 5.5.
            Turn(json, ref open, "user");
            WriteText(json, Silence);
        }

        Turn(json, ref open, null);
        json.WriteEndArray();
    }

    private static bool IsSaid(ChatMessage message) =>
        message.Contents.Any(content => content is FunctionCallContent or FunctionResultContent or DataContent or UriContent
            || (content is TextContent text && !string.IsNullOrWhiteSpace(text.Text)));

    private static void Turn(Utf8JsonWriter json, ref string? open, string? role)
    {
        if (open == role)
        {
            return;
        }

        if (open is not null)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }

        if (role is not null)
        {
            json.WriteStartObject();
            json.WriteString("role", role);
            json.WriteStartArray("content");
        }

        open = role;
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void WriteBlock(Utf8JsonWriter json, AIContent content, bool withThoughts)
    {
        switch (content)
        {
            case TextContent text when !string.IsNullOrWhiteSpace(text.Text):
                WriteText(json, text.Text);
                break;
            case TextReasoningContent thought when withThoughts:
                AnthropicThoughts.Write(json, thought);
                break;
            case FunctionCallContent call:
                json.WriteStartObject();
                json.WriteString("type", "tool_use");
                json.WriteString("id", call.CallId);
                json.WriteString("name", call.Name);
                json.WritePropertyName("input");
                json.WriteRawValue(ToolJson.Arguments(call));
                json.WriteEndObject();
                break;
            case FunctionResultContent result:
                json.WriteStartObject();
                json.WriteString("type", "tool_result");
                json.WriteString("tool_use_id", result.CallId);
                json.WriteString("content", ToolJson.Result(result.Result));
                json.WriteEndObject();
                break;
            case TextContent or TextReasoningContent or UsageContent:
                break;
            default:
                throw new ArgumentException($"Only text and tools can be sent, not {content.GetType().Name}.", nameof(content));
        }
    }
}
