using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Aico.Abstractions;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Scripted;

/// <summary>Plays the part of a language model with answers from a script, word by word. Keeps no state between requests.</summary>
internal sealed partial class ScriptedChatClient(ScriptedSettings settings, Script script, TimeProvider time) : IChatClient
{
    private const string Model = "scripted";

    private readonly ChatClientMetadata _metadata = new("scripted", defaultModelId: Model);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var answer = ScriptAnswer.Find(script, conversation, options);
        var failure = answer.Rule?.Failure;
        await WaitAsync(answer.Rule?.FirstTokenDelayMs ?? settings.FirstTokenDelayMs, cancellationToken);

        var id = Guid.NewGuid().ToString("N");
        var said = 0L;
        foreach (Match word in Words().Matches(answer.Text))
        {
            if (said == failure?.AfterTokens)
            {
                break;
            }

            if (said++ > 0)
            {
                await WaitAsync(answer.Rule?.TokenDelayMs ?? settings.TokenDelayMs, cancellationToken);
            }

            yield return Update(id, new TextContent(word.Value));
        }

        if (failure is not null)
        {
            throw Fault(failure);
        }

        foreach (var call in answer.Calls)
        {
            yield return Update(id, call);
        }

        var heard = conversation.Sum(message => (long)Words().Count(message.Text));
        var usage = new UsageDetails { InputTokenCount = heard, OutputTokenCount = said, TotalTokenCount = heard + said };
        var last = Update(id, new UsageContent(usage));
        last.FinishReason = answer.Calls.Count > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop;
        yield return last;
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private static ProviderException Fault(ScriptFailure failure) => new(failure.Category, failure.Message)
    {
        RetryAfter = failure.RetryAfterMs is { } wait ? TimeSpan.FromMilliseconds(wait) : null,
        IsExhausted = failure.Exhausted,
    };

    private static ChatResponseUpdate Update(string id, AIContent content) =>
        new(ChatRole.Assistant, [content]) { ResponseId = id, MessageId = id, ModelId = Model };

    private Task WaitAsync(int milliseconds, CancellationToken ct) =>
        milliseconds > 0 ? Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, ct) : Task.CompletedTask;

    /// <summary>A word with the blanks before it, as models cut their tokens; blanks at the end belong to the last word.</summary>
    [GeneratedRegex(@"\s*\S+(?:\s+\z)?")]
    private static partial Regex Words();
}
