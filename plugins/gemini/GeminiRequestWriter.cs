using System.Buffers;
using System.Text.Json;
using Aico.Plugins.Shared.ChatCompletions;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Gemini;

/// <summary>Writes a request to Gemini. What is not set is not sent.</summary>
internal static class GeminiRequestWriter
{
    /// <summary>Where a call of a tool keeps the signature of the thoughts before it, which Gemini wants back with the call.</summary>
    public const string Signature = "gemini.thoughtSignature";

    public static ReadOnlyMemory<byte> Write(IEnumerable<ChatMessage> messages, ChatOptions? options, GeminiSettings settings, string model)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        GeminiContents.Write(json, messages, options?.Instructions);
        if (options?.Tools?.OfType<AIFunctionDeclaration>().ToList() is { Count: > 0 } tools)
        {
            WriteTools(json, tools, options.ToolMode);
        }

        WriteGeneration(json, options, settings, model);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteTools(Utf8JsonWriter json, List<AIFunctionDeclaration> tools, ChatToolMode? mode)
    {
        json.WriteStartArray("tools");
        json.WriteStartObject();
        json.WriteStartArray("functionDeclarations");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            GeminiSchema.WriteParameters(json, tool.JsonSchema);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        if (mode is NoneChatToolMode or RequiredChatToolMode)
        {
            json.WriteStartObject("toolConfig");
            json.WriteStartObject("functionCallingConfig");
            json.WriteString("mode", mode is NoneChatToolMode ? "NONE" : "ANY");
            if (mode is RequiredChatToolMode { RequiredFunctionName: { } name })
            {
                json.WriteStartArray("allowedFunctionNames");
                json.WriteStringValue(name);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void WriteGeneration(Utf8JsonWriter json, ChatOptions? options, GeminiSettings settings, string model)
    {
        json.WriteStartObject("generationConfig");
        Number("temperature", options?.Temperature ?? settings.Temperature);
        Number("topP", options?.TopP);
        Number("topK", options?.TopK);
        Number("frequencyPenalty", options?.FrequencyPenalty);
        Number("presencePenalty", options?.PresencePenalty);
        Number("seed", options?.Seed);
        Number("maxOutputTokens", options?.MaxOutputTokens ?? settings.MaxTokens);
        if (options?.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stopSequences");
            foreach (var stop in stops)
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
        }

        if (ChatEffort.Of(settings.Endpoint(), GeminiModels.RulesOf(model)) is { Length: > 0 } level)
        {
            json.WriteStartObject("thinkingConfig");
            json.WriteString("thinkingLevel", level.ToUpperInvariant());
            json.WriteEndObject();
        }

        json.WriteEndObject();

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
