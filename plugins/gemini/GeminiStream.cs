using System.Text.Json;
using Aico.Abstractions;
using Aico.Plugins.Shared.Chat;
using Aico.Plugins.Shared.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Gemini;

/// <summary>Reads Gemini's answer: parts of a candidate, and counts that each chunk gives anew. The stream has no last word: it just ends.</summary>
internal sealed class GeminiStream(ApiErrors errors) : IAnswerStream
{
    private readonly List<FunctionCallContent> _calls = [];
    private string? _id;
    private string? _model;
    private ChatFinishReason? _finish;
    private UsageDetails? _usage;

    public bool IsFinished => _finish is not null;

    public bool IsEnded => false;

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

        _id ??= StreamJson.Text(root, "responseId");
        _model ??= StreamJson.Text(root, "modelVersion");
        if (StreamJson.TryGetObject(root, "usageMetadata", out var usage))
        {
            _usage = Usage(usage);
        }

        if (StreamJson.TryGetObject(root, "promptFeedback", out var feedback) && StreamJson.Text(feedback, "blockReason") is { Length: > 0 })
        {
            // There is no candidate at all then.
            _finish = ChatFinishReason.ContentFilter;
        }

        var contents = new List<AIContent>(1);
        if (StreamJson.List(root, "candidates").FirstOrDefault() is { ValueKind: JsonValueKind.Object } candidate)
        {
            TakeCandidate(candidate, contents);
        }

        return contents.Count > 0 ? Update(contents) : null;
    }

    public ChatResponseUpdate End()
    {
        List<AIContent> contents = [.. _calls];
        if (_usage is not null)
        {
            contents.Add(new UsageContent(_usage));
        }

        var update = Update(contents);
        // Gemini says STOP also where it calls a function.
        update.FinishReason = _calls.Count > 0 && _finish != ChatFinishReason.ContentFilter ? ChatFinishReason.ToolCalls : _finish;
        return update;
    }

    private static ChatFinishReason Reason(string reason) => reason switch
    {
        "STOP" => ChatFinishReason.Stop,
        "MAX_TOKENS" => ChatFinishReason.Length,
        "SAFETY" or "RECITATION" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII" or "LANGUAGE" => ChatFinishReason.ContentFilter,
        "MALFORMED_FUNCTION_CALL" or "UNEXPECTED_TOOL_CALL" or "MISSING_THOUGHT_SIGNATURE" or "TOO_MANY_TOOL_CALLS" =>
            throw new ProviderException(ProviderFailure.ProtocolError, $"The model ended its answer with a broken call of a tool ({reason})."),
        _ => new ChatFinishReason(reason.ToLowerInvariant()),
    };

    private static UsageDetails Usage(JsonElement usage)
    {
        var thoughts = StreamJson.Number(usage, "thoughtsTokenCount");
        return new UsageDetails
        {
            InputTokenCount = StreamJson.Number(usage, "promptTokenCount"),
            // Thoughts are billed as output, and Gemini counts them beside it.
            OutputTokenCount = StreamJson.Number(usage, "candidatesTokenCount") is { } said ? said + (thoughts ?? 0) : thoughts,
            TotalTokenCount = StreamJson.Number(usage, "totalTokenCount"),
            CachedInputTokenCount = StreamJson.Number(usage, "cachedContentTokenCount"),
            ReasoningTokenCount = thoughts,
        };
    }

    private void TakeCandidate(JsonElement candidate, List<AIContent> contents)
    {
        if (StreamJson.TryGetObject(candidate, "content", out var content))
        {
            foreach (var part in StreamJson.List(content, "parts"))
            {
                TakePart(part, contents);
            }
        }

        _finish = StreamJson.Text(candidate, "finishReason") is { Length: > 0 } reason ? Reason(reason) : _finish;
    }

    private void TakePart(JsonElement part, List<AIContent> contents)
    {
        if (StreamJson.TryGetObject(part, "functionCall", out var function))
        {
            var arguments = StreamJson.TryGetObject(function, "args", out var args) ? args.GetRawText() : "";
            var id = StreamJson.Text(function, "id") is { Length: > 0 } given ? given : $"call_{_calls.Count}_{Guid.NewGuid():N}";
            var call = ToolJson.Call(arguments, id, StreamJson.Text(function, "name") ?? "");
            if (StreamJson.Text(part, "thoughtSignature") is { Length: > 0 } signature)
            {
                call.AdditionalProperties = new() { [GeminiRequestWriter.Signature] = signature };
            }

            _calls.Add(call);
        }
        else if (StreamJson.Text(part, "text") is { Length: > 0 } text)
        {
            var isThought = part.TryGetProperty("thought", out var thought) && thought.ValueKind == JsonValueKind.True;
            contents.Add(isThought ? new TextReasoningContent(text) : new TextContent(text));
        }
    }

    private ChatResponseUpdate Update(IList<AIContent> contents) =>
        new(ChatRole.Assistant, contents) { ResponseId = _id, MessageId = _id, ModelId = _model };
}
