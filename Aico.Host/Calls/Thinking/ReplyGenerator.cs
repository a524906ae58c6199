using System.Runtime.CompilerServices;
using Aico.Abstractions;
using Aico.Host.Calls.Speaking;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Thinking;

/// <summary>
/// Makes the words of an answer: asks the language model, runs the tools it calls and asks again with their results. Tools wait until
/// the turn is decided, since a preemptive answer may be thrown away and a tool cannot be undone.
/// </summary>
internal sealed class ReplyGenerator(CallContext call)
{
    private readonly ToolRunner _tools = new(call);

    /// <summary>Yields text as it comes. A null asks for what came so far to be spoken now.</summary>
    public async IAsyncEnumerable<string?> GenerateAsync(
        Reply reply, List<ChatMessage> messages, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var step = 0; ; step++)
        {
            var mayCallTools = step < call.Settings.Thinking.MaximumToolSteps;
            var updates = new List<ChatResponseUpdate>();
            await foreach (var update in AskAsync(reply, messages, mayCallTools, ct))
            {
                updates.Add(update);
                await CountAsync(reply, update);
                if (update.Text is { Length: > 0 } text)
                {
                    yield return text;
                }
            }

            var answer = updates.ToChatResponse();
            var calls = answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
            if (calls.Count == 0)
            {
                yield break;
            }

            if (!mayCallTools)
            {
                throw new ProviderException(
                    ProviderFailure.ProtocolError, $"The language model went on calling tools after {step} steps, when it had to answer.");
            }

            // What was said before the tools must not wait for them.
            yield return null;
            await reply.CommittedAsync(ct);
            messages.AddRange(answer.Messages);
            reply.Tools.Began(answer.Messages, calls);
            var running = _tools.RunAsync(reply, calls, ct);
            if (await IsSlowAsync(running, ct))
            {
                yield return call.Settings.Thinking.Filler + " ";
                yield return null;
            }

            messages.Add(new ChatMessage(ChatRole.Tool, [.. await running]));
            if (reply.EndsCall && reply.HasWords && calls.All(toolCall => toolCall.Name == EndCallTool.Name))
            {
                // The goodbye was said with the call of the tool; another round would say it twice.
                yield break;
            }
        }
    }

    private async ValueTask CountAsync(Reply reply, ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            if (content is UsageContent { Details: var used })
            {
                await call.ReportAsync(new TokensUsed(
                    call.Now, reply.Turn, used.InputTokenCount ?? 0, used.CachedInputTokenCount ?? 0, used.OutputTokenCount ?? 0));
            }
        }
    }

    private async Task<bool> IsSlowAsync(Task running, CancellationToken ct)
    {
        var after = call.Settings.Thinking.FillerAfter;
        if (after <= TimeSpan.Zero)
        {
            return false;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var first = await Task.WhenAny(running, Task.Delay(after, call.Clock.Time, stop.Token));
        stop.Cancel();
        return first != running && !ct.IsCancellationRequested;
    }

    /// <summary>One request, asked once more where it failed for a passing reason before its first content.</summary>
    private async IAsyncEnumerable<ChatResponseUpdate> AskAsync(
        Reply reply, List<ChatMessage> messages, bool mayCallTools, [EnumeratorCancellation] CancellationToken ct)
    {
        var options = new ChatOptions
        {
            Tools = [.. reply.Functions],
            ToolMode = mayCallTools ? ChatToolMode.Auto : ChatToolMode.None,
        };
        for (var isRepeated = false; ; isRepeated = true)
        {
            await using var tokens = new TokenStream(call, messages, options, ct);
            ProviderException? passing = null;
            while (passing is null)
            {
                var isThere = false;
                try
                {
                    isThere = await tokens.NextAsync();
                }
                catch (ProviderException e) when (!isRepeated && e.IsTransient && !tokens.HadContent)
                {
                    passing = e;
                }

                if (passing is not null)
                {
                    break;
                }

                if (!isThere)
                {
                    yield break;
                }

                if (tokens.HadContent)
                {
                    yield return tokens.Current;
                }
            }

            await call.ReportAsync(call.Failure(CallStage.LanguageModel, passing));
        }
    }
}
