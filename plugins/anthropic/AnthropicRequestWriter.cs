using System.Buffers;
using System.Text.Json;
using Aico.Abstractions;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Anthropic;

/// <summary>Writes a request. What is not set is not sent, but for the tokens that an answer may have, which Anthropic wants to know.</summary>
internal static class AnthropicRequestWriter
{
    public static ReadOnlyMemory<byte> Write(IEnumerable<ChatMessage> messages, ChatOptions? options, AnthropicSettings settings, string model)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteBoolean("stream", true);
        json.WriteNumber("max_tokens", options?.MaxOutputTokens ?? settings.MaxTokens);
        AnthropicMessages.Write(json, messages, options?.Instructions);
        if (options?.Tools?.OfType<AIFunctionDeclaration>().ToList() is { Count: > 0 } tools)
        {
            WriteTools(json, tools);
            WriteToolChoice(json, options, model);
        }

        if (!AnthropicModels.ThinksByItself(model))
        {
            Number("temperature", options?.Temperature ?? settings.Temperature);
            Number("top_p", options?.TopP);
            Number("top_k", options?.TopK);
        }

        if (options?.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop_sequences");
            foreach (var stop in stops)
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
        }

        if (AnthropicModels.EffortOf(model, settings) is { Length: > 0 } effort)
        {
            json.WriteStartObject("output_config");
            json.WriteString("effort", effort);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;

        void Number(string name, double? value)
        {
            if (value is { } number)
            {
                // A float such as 0.7f has digits as a double that nobody wrote.
                json.WriteNumber(name, Math.Round(number, 6));
            }
        }
    }

    private static void WriteTools(Utf8JsonWriter json, List<AIFunctionDeclaration> tools)
    {
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            json.WritePropertyName("input_schema");
            tool.JsonSchema.WriteTo(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteToolChoice(Utf8JsonWriter json, ChatOptions options, string model)
    {
        if (options.ToolMode is RequiredChatToolMode && AnthropicModels.ChoosesToolsItself(model))
        {
            throw new ProviderException(ProviderFailure.InvalidRequest, $"The model \"{model}\" cannot be made to call a tool: it chooses itself.");
        }

        var mode = options.ToolMode switch
        {
            NoneChatToolMode => "none",
            RequiredChatToolMode { RequiredFunctionName: not null } => "tool",
            RequiredChatToolMode => "any",
            _ when options.AllowMultipleToolCalls is not null => "auto",
            _ => null,
        };
        if (mode is null)
        {
            return;
        }

        json.WriteStartObject("tool_choice");
        json.WriteString("type", mode);
        if (options.ToolMode is RequiredChatToolMode { RequiredFunctionName: { } name })
        {
            json.WriteString("name", name);
        }

        if (options.AllowMultipleToolCalls is { } parallel && mode != "none")
        {
            json.WriteBoolean("disable_parallel_tool_use", !parallel);
        }

        json.WriteEndObject();
    }
}
