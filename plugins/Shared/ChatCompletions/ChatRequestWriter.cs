using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Shared.ChatCompletions;

/// <summary>Writes a request. What is not set is not sent: servers refuse settings that they, or a model of theirs, do not know.</summary>
internal static class ChatRequestWriter
{
    public static ReadOnlyMemory<byte> Write(
        IEnumerable<ChatMessage> messages, ChatOptions? options, ChatEndpoint endpoint, string model)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        var rules = endpoint.RulesOf(model);
        json.WriteStartObject();
        if (model.Length > 0)
        {
            json.WriteString("model", model);
        }

        json.WriteBoolean("stream", true);
        if (endpoint.IncludeUsage)
        {
            json.WriteStartObject("stream_options");
            json.WriteBoolean("include_usage", true);
            json.WriteEndObject();
        }

        ChatMessageWriter.Write(json, messages, options?.Instructions);
        if (options?.Tools?.OfType<AIFunctionDeclaration>().ToList() is { Count: > 0 } tools)
        {
            ChatEffort.CheckTools(model, endpoint, rules);
            WriteTools(json, tools, options);
        }

        WriteSampling(json, options, endpoint, rules);
        WriteReasoning(json, endpoint, rules);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteTools(Utf8JsonWriter json, List<AIFunctionDeclaration> tools, ChatOptions options)
    {
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            json.WritePropertyName("parameters");
            tool.JsonSchema.WriteTo(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        switch (options.ToolMode)
        {
            case NoneChatToolMode:
                json.WriteString("tool_choice", "none");
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                json.WriteStartObject("tool_choice");
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", name);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case RequiredChatToolMode:
                json.WriteString("tool_choice", "required");
                break;
        }

        if (options.AllowMultipleToolCalls is { } parallel)
        {
            json.WriteBoolean("parallel_tool_calls", parallel);
        }
    }

    private static void WriteSampling(Utf8JsonWriter json, ChatOptions? options, ChatEndpoint endpoint, ChatModelRules rules)
    {
        if (ChatEffort.AllowsSampling(endpoint, rules))
        {
            Number("temperature", options?.Temperature ?? endpoint.Temperature);
            Number("top_p", options?.TopP);
            Number("frequency_penalty", options?.FrequencyPenalty);
            Number("presence_penalty", options?.PresencePenalty);
        }

        Number("seed", options?.Seed);
        Number(endpoint.MaxTokensField, options?.MaxOutputTokens ?? endpoint.MaxTokens);
        if (options?.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop");
            foreach (var stop in stops)
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
        }

        void Number(string name, double? value)
        {
            if (value is { } number)
            {
                // A float such as 0.7f has digits as a double that nobody wrote.
                json.WriteNumber(name, Math.Round(number, 6));
            }
        }
    }

    private static void WriteReasoning(Utf8JsonWriter json, ChatEndpoint endpoint, ChatModelRules rules)
    {
        Text("reasoning_effort", ChatEffort.Of(endpoint, rules));
        Text("reasoning_format", rules.ReasoningFormat);
        Text("service_tier", endpoint.ServiceTier);
        if (rules.LeavesOutReasoning)
        {
            json.WriteBoolean("include_reasoning", false);
        }

        void Text(string name, string value)
        {
            if (value.Length > 0)
            {
                json.WriteString(name, value);
            }
        }
    }
}
