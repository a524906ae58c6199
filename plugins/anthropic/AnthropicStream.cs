using System.Text;
using System.Text.Json;
using Aico.Plugins.Shared.Chat;
using Aico.Plugins.Shared.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Anthropic;

/// <summary>
/// Reads Anthropic's answer: blocks that begin, grow and end, each known by its type and not by its place. Events and blocks of
/// unknown types are skipped, as Anthropic asks.
/// </summary>
internal sealed class AnthropicStream(ApiErrors errors) : IAnswerStream
{
    private readonly List<FunctionCallContent> _calls = [];
    private readonly StringBuilder _input = new();
    private readonly StringBuilder _signature = new();
    private (string Id, string Name)? _tool;
    private string? _id;
    private string? _model;
    private ChatFinishReason? _finish;
    private UsageDetails? _usage;

    public bool IsFinished => _finish is not null;

    public bool IsEnded { get; private set; }

    public ChatResponseUpdate? Take(ServerSentEvent item)
    {
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

        var content = StreamJson.Text(root, "type") switch
        {
            "message_start" when StreamJson.TryGetObject(root, "message", out var message) => Begin(message),
            "content_block_start" when StreamJson.TryGetObject(root, "content_block", out var block) => BeginBlock(block),
            "content_block_delta" when StreamJson.TryGetObject(root, "delta", out var delta) => Grow(delta),
            "content_block_stop" => EndBlock(),
            "message_delta" => Finish(root),
            "message_stop" => Stop(),
            _ => null,
        };
        return content is null ? null : Update([content]);
    }

    public ChatResponseUpdate End()
    {
        List<AIContent> contents = [.. _calls];
        if (_usage is not null)
        {
            _usage.TotalTokenCount = _usage.InputTokenCount + _usage.OutputTokenCount;
            contents.Add(new UsageContent(_usage));
        }

        var update = Update(contents);
        update.FinishReason = _finish;
        return update;
    }

    private static ChatFinishReason Reason(string reason) => reason switch
    {
        "end_turn" or "stop_sequence" or "pause_turn" => ChatFinishReason.Stop,
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "tool_use" => ChatFinishReason.ToolCalls,
        "refusal" => ChatFinishReason.ContentFilter,
        _ => new ChatFinishReason(reason),
    };

    private AIContent? Begin(JsonElement message)
    {
        _id = StreamJson.Text(message, "id");
        _model = StreamJson.Text(message, "model");
        Count(message);
        return null;
    }

    private AIContent? BeginBlock(JsonElement block)
    {
        _input.Clear();
        _signature.Clear();
        _tool = null;
        switch (StreamJson.Text(block, "type"))
        {
            case "tool_use":
                _tool = (StreamJson.Text(block, "id") ?? "", StreamJson.Text(block, "name") ?? "");
                // Empty where the pieces follow.
                if (StreamJson.TryGetObject(block, "input", out var input) && input.EnumerateObject().Any())
                {
                    _input.Append(input.GetRawText());
                }

                return null;
            case "text":
                return Said(StreamJson.Text(block, "text"));
            case "thinking":
                _signature.Append(StreamJson.Text(block, "signature"));
                return Thought(StreamJson.Text(block, "thinking"));
            case "redacted_thinking":
                return AnthropicThoughts.OfRedacted(StreamJson.Text(block, "data") ?? "");
            default:
                return null;
        }
    }

    private AIContent? Grow(JsonElement delta)
    {
        switch (StreamJson.Text(delta, "type"))
        {
            case "text_delta":
                return Said(StreamJson.Text(delta, "text"));
            case "thinking_delta":
                return Thought(StreamJson.Text(delta, "thinking"));
            case "signature_delta":
                _signature.Append(StreamJson.Text(delta, "signature"));
                return null;
            case "input_json_delta":
                _input.Append(StreamJson.Text(delta, "partial_json"));
                return null;
            default:
                return null;
        }
    }

    private TextReasoningContent? EndBlock()
    {
        if (_tool is { } tool)
        {
            _calls.Add(ToolJson.Call(_input.ToString(), tool.Id, tool.Name));
            _tool = null;
        }

        if (_signature.Length == 0)
        {
            return null;
        }

        var signature = AnthropicThoughts.OfSignature(_signature.ToString());
        _signature.Clear();
        return signature;
    }

    private AIContent? Finish(JsonElement root)
    {
        Count(root);
        if (StreamJson.TryGetObject(root, "delta", out var delta) && StreamJson.Text(delta, "stop_reason") is { Length: > 0 } reason)
        {
            _finish = Reason(reason);
        }

        return null;
    }

    private AIContent? Stop()
    {
        IsEnded = true;
        return null;
    }

    /// <summary>Every count is the whole so far. What is read from the cache and written to it is counted beside the rest of the input.</summary>
    private void Count(JsonElement element)
    {
        if (!StreamJson.TryGetObject(element, "usage", out var usage))
        {
            return;
        }

        _usage ??= new UsageDetails();
        if (StreamJson.Number(usage, "input_tokens") is { } input)
        {
            var cached = StreamJson.Number(usage, "cache_read_input_tokens");
            _usage.CachedInputTokenCount = cached;
            _usage.InputTokenCount = input + (cached ?? 0) + (StreamJson.Number(usage, "cache_creation_input_tokens") ?? 0);
        }

        _usage.OutputTokenCount = StreamJson.Number(usage, "output_tokens") ?? _usage.OutputTokenCount;
    }

    private static TextContent? Said(string? text) => string.IsNullOrEmpty(text) ? null : new TextContent(text);

    private static TextReasoningContent? Thought(string? text) => string.IsNullOrEmpty(text) ? null : new TextReasoningContent(text);

    private ChatResponseUpdate Update(IList<AIContent> contents) =>
        new(ChatRole.Assistant, contents) { ResponseId = _id, MessageId = _id, ModelId = _model };
}
