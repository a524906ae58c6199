using System.Text.Json;
using Aico.Abstractions;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.OpenAICompatible;

/// <summary>Turns the chunks of one answer into updates. Thoughts come as reasoning content, never as text.</summary>
internal sealed class ChatStream(ApiErrors errors)
{
    private readonly ThinkTagFilter _think = new();
    private readonly ToolCallAssembly _calls = new();
    private string? _id;
    private string? _model;
    private ChatFinishReason? _finish;

    /// <summary>True when the model said why it stopped, after which the stream may end any way it likes.</summary>
    public bool IsFinished => _finish is not null;

    /// <summary>Takes a chunk; null where it holds nothing to pass on.</summary>
    /// <exception cref="ProviderException">The chunk is an error, or no chunk at all.</exception>
    public ChatResponseUpdate? Take(ReadOnlyMemory<byte> data, bool isErrorEvent)
    {
        using var document = Parse(data);
        var root = document.RootElement;
        if (errors.FromEvent(root, isErrorEvent) is { } error)
        {
            throw error;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ProviderException(ProviderFailure.ProtocolError, $"The stream of chat completions holds {root.ValueKind} instead of an object.");
        }

        _id ??= Text(root, "id");
        _model ??= Text(root, "model");
        var contents = new List<AIContent>(1);
        if (root.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0)
        {
            TakeChoice(choices[0], contents);
        }

        if (root.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
        {
            contents.Add(new UsageContent(Usage(usage)));
        }

        return contents.Count > 0 ? Update(contents) : null;
    }

    /// <summary>What is left when the stream has ended: held text, the tool calls, and why it finished.</summary>
    public ChatResponseUpdate End()
    {
        var contents = new List<AIContent>();
        Add(contents, _think.End());
        contents.AddRange(_calls.Finish());
        var update = Update(contents);
        // Some servers say "stop" although they call tools.
        update.FinishReason = _calls.IsEmpty || _finish == ChatFinishReason.ContentFilter ? _finish : ChatFinishReason.ToolCalls;
        return update;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> data)
    {
        try
        {
            return JsonDocument.Parse(data);
        }
        catch (JsonException error)
        {
            throw new ProviderException(ProviderFailure.ProtocolError, $"The stream of chat completions holds something that is no JSON: {error.Message}", error);
        }
    }

    private void TakeChoice(JsonElement choice, List<AIContent> contents)
    {
        // A server that does not stream sends a message where the others send a delta.
        if ((choice.TryGetProperty("delta", out var delta) || choice.TryGetProperty("message", out delta)) && delta.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in (ReadOnlySpan<string>)["reasoning_content", "reasoning"])
            {
                if (Text(delta, name) is { Length: > 0 } thought)
                {
                    contents.Add(new TextReasoningContent(thought));
                    break;
                }
            }

            if (delta.TryGetProperty("content", out var content))
            {
                Add(contents, _think.Take(Content(content)));
            }

            if (Text(delta, "refusal") is { Length: > 0 } refusal)
            {
                Add(contents, _think.Take(refusal));
            }

            if (delta.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array)
            {
                foreach (var call in calls.EnumerateArray())
                {
                    _calls.Take(call);
                }
            }
        }

        _finish = Text(choice, "finish_reason") is { Length: > 0 } reason ? new ChatFinishReason(reason) : _finish;
    }

    private static string Content(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Concat(content.EnumerateArray()
            .Where(part => part.ValueKind == JsonValueKind.Object && Text(part, "type") == "text").Select(part => Text(part, "text"))),
        _ => "",
    };

    private static void Add(List<AIContent> contents, (string Said, string Thought) parts)
    {
        if (parts.Thought.Length > 0)
        {
            contents.Add(new TextReasoningContent(parts.Thought));
        }

        if (parts.Said.Length > 0)
        {
            contents.Add(new TextContent(parts.Said));
        }
    }

    private static UsageDetails Usage(JsonElement usage)
    {
        var details = new UsageDetails
        {
            InputTokenCount = Number(usage, "prompt_tokens"),
            OutputTokenCount = Number(usage, "completion_tokens"),
            TotalTokenCount = Number(usage, "total_tokens"),
        };
        if (usage.TryGetProperty("prompt_tokens_details", out var prompt) && prompt.ValueKind == JsonValueKind.Object)
        {
            details.CachedInputTokenCount = Number(prompt, "cached_tokens");
        }

        if (usage.TryGetProperty("completion_tokens_details", out var completion) && completion.ValueKind == JsonValueKind.Object)
        {
            details.ReasoningTokenCount = Number(completion, "reasoning_tokens");
        }

        return details;
    }

    private ChatResponseUpdate Update(IList<AIContent> contents) =>
        new(ChatRole.Assistant, contents) { ResponseId = _id, MessageId = _id, ModelId = _model };

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
