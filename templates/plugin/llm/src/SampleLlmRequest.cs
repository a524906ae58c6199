using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace SampleLlm;

/// <summary>Writes a conversation as the service wants it.</summary>
internal static class SampleLlmRequest
{
    public static JsonObject Of(IEnumerable<ChatMessage> messages, ChatOptions? options) => new()
    {
        ["messages"] = new JsonArray([.. messages.Select(Message)]),
        ["tools"] = new JsonArray([.. (options?.Tools ?? []).OfType<AIFunction>().Select(Tool)]),
    };

    private static JsonObject Message(ChatMessage message) => new()
    {
        ["role"] = message.Role.Value,
        ["text"] = message.Text,
        ["calls"] = new JsonArray([.. message.Contents.OfType<FunctionCallContent>().Select(call => new JsonObject { ["id"] = call.CallId, ["name"] = call.Name })]),
        ["results"] = new JsonArray(
            [.. message.Contents.OfType<FunctionResultContent>().Select(result => new JsonObject { ["id"] = result.CallId, ["result"] = result.Result?.ToString() })]),
    };

    private static JsonObject Tool(AIFunction tool) => new()
    {
        ["name"] = tool.Name,
        ["description"] = tool.Description,
        ["parameters"] = JsonNode.Parse(tool.JsonSchema.GetRawText()),
    };
}
