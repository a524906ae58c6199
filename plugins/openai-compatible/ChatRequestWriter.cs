using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.OpenAICompatible;

/// <summary>Writes a request. What is not set is not sent: servers refuse settings that they, or a model of theirs, do not know.</summary>
internal static class ChatRequestWriter
{
    public static ReadOnlyMemory<byte> Write(
        IEnumerable<ChatMessage> messages, ChatOptions? options, OpenAICompatibleSettings settings, Uri url)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        if (ModelOf(options, settings) is { Length: > 0 } model)
        {
            json.WriteString("model", model);
        }

        json.WriteBoolean("stream", true);
        if (settings.IncludeUsage)
        {
            json.WriteStartObject("stream_options");
            json.WriteBoolean("include_usage", true);
            json.WriteEndObject();
        }

        ChatMessageWriter.Write(json, messages, options?.Instructions);
        WriteTools(json, options);
        WriteSampling(json, options, settings, url);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    public static string ModelOf(ChatOptions? options, OpenAICompatibleSettings settings) => options?.ModelId ?? settings.Model;

    private static void WriteTools(Utf8JsonWriter json, ChatOptions? options)
    {
        var tools = options?.Tools?.OfType<AIFunctionDeclaration>().ToList() ?? [];
        if (tools.Count == 0)
        {
            return;
        }

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
        switch (options!.ToolMode)
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

    private static void WriteSampling(Utf8JsonWriter json, ChatOptions? options, OpenAICompatibleSettings settings, Uri url)
    {
        Number("temperature", options?.Temperature ?? settings.Temperature);
        Number("top_p", options?.TopP);
        Number("frequency_penalty", options?.FrequencyPenalty);
        Number("presence_penalty", options?.PresencePenalty);
        Number("seed", options?.Seed);
        // OpenAI's reasoning models refuse the old name, older servers do not know the new one.
        Number(url.Host.EndsWith("openai.com", StringComparison.OrdinalIgnoreCase) ? "max_completion_tokens" : "max_tokens", options?.MaxOutputTokens ?? settings.MaxTokens);
        if (settings.ReasoningEffort.Length > 0)
        {
            json.WriteString("reasoning_effort", settings.ReasoningEffort);
        }

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
}
