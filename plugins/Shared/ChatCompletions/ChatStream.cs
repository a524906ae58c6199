using System.Text.Json;
using Aico.Plugins.Shared.Chat;
using Aico.Plugins.Shared.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Shared.ChatCompletions;

/// <summary>Reads the chunks of chat completions.</summary>
internal sealed class ChatStream(ApiErrors errors) : IAnswerStream
{
    private readonly ThinkTagFilter _think = new();
    private readonly ToolCallAssembly _calls = new();
    private string? _id;
    private string? _model;
    private ChatFinishReason? _finish;
    private UsageDetails? _usage;

    public bool IsFinished => _finish is not null;

    public bool IsEnded { get; private set; }

    public ChatResponseUpdate? Take(ServerSentEvent item)
    {
        if (item.Data.Span.SequenceEqual("[DONE]"u8))
        {
            IsEnded = true;
            return null;
        }

        using var document = StreamJson.Parse(item.Data);
        var root = document.RootElement;
        if (errors.FromEvent(root, item.Name == "error") is { } error)
        {
            throw error;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw StreamJson.Strange(root);
        }

        _id ??= StreamJson.Text(root, "id");
        _model ??= StreamJson.Text(root, "model");
        var contents = new List<AIContent>(1);
        if (root.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0)
        {
            TakeChoice(choices[0], contents);
        }

        TakeUsage(root);
        if (root.TryGetProperty("x_groq", out var groq) && groq.ValueKind == JsonValueKind.Object)
        {
            // Groq's own way to end a stream, beside OpenAI's.
            TakeUsage(groq);
            if (errors.FromEvent(groq, isErrorEvent: false) is { } groqError)
            {
                throw groqError;
            }
        }

        return contents.Count > 0 ? Update(contents) : null;
    }

    public ChatResponseUpdate End()
    {
        var contents = new List<AIContent>();
        Add(contents, _think.End());
        contents.AddRange(_calls.Finish());
        if (_usage is not null)
        {
            contents.Add(new UsageContent(_usage));
        }

        var update = Update(contents);
        // Some servers say "stop" although they call tools.
        update.FinishReason = _calls.IsEmpty || _finish == ChatFinishReason.ContentFilter ? _finish : ChatFinishReason.ToolCalls;
        return update;
    }

    private void TakeChoice(JsonElement choice, List<AIContent> contents)
    {
        // A server that does not stream sends a message where the others send a delta.
        if ((choice.TryGetProperty("delta", out var delta) || choice.TryGetProperty("message", out delta)) && delta.ValueKind == JsonValueKind.Object)
        {
            foreach (var name in (ReadOnlySpan<string>)["reasoning_content", "reasoning"])
            {
                if (StreamJson.Text(delta, name) is { Length: > 0 } thought)
                {
                    contents.Add(new TextReasoningContent(thought));
                    break;
                }
            }

            if (delta.TryGetProperty("content", out var content))
            {
                Add(contents, _think.Take(Content(content)));
            }

            if (StreamJson.Text(delta, "refusal") is { Length: > 0 } refusal)
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

        _finish = StreamJson.Text(choice, "finish_reason") is { Length: > 0 } reason ? new ChatFinishReason(reason) : _finish;
    }

    /// <summary>Some servers count in every chunk, each time all so far, and readers add up: only the last counts.</summary>
    private void TakeUsage(JsonElement element)
    {
        if (element.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
        {
            _usage = Usage(usage);
        }
    }

    private static string Content(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Concat(content.EnumerateArray()
            .Where(part => part.ValueKind == JsonValueKind.Object && StreamJson.Text(part, "type") == "text").Select(part => StreamJson.Text(part, "text"))),
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
            InputTokenCount = StreamJson.Number(usage, "prompt_tokens"),
            OutputTokenCount = StreamJson.Number(usage, "completion_tokens"),
            TotalTokenCount = StreamJson.Number(usage, "total_tokens"),
        };
        if (usage.TryGetProperty("prompt_tokens_details", out var prompt) && prompt.ValueKind == JsonValueKind.Object)
        {
            details.CachedInputTokenCount = StreamJson.Number(prompt, "cached_tokens");
        }

        if (usage.TryGetProperty("completion_tokens_details", out var completion) && completion.ValueKind == JsonValueKind.Object)
        {
            details.ReasoningTokenCount = StreamJson.Number(completion, "reasoning_tokens");
        }

        return details;
    }

    private ChatResponseUpdate Update(IList<AIContent> contents) =>
        new(ChatRole.Assistant, contents) { ResponseId = _id, MessageId = _id, ModelId = _model };
}
