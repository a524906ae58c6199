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
                if (update.Text is { Length: > 0 } text)
                {
                    yield return text;
                }
            }

            var answer = updates.ToChatResponse();
            var calls = answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
            if (calls.Count == 0 || !mayCallTools)
            {
                yield break;
            }

            // What was said before the tools must not wait for them.
            yield return null;
            await reply.Committed.WaitAsync(ct);
            messages.AddRange(answer.Messages);
            reply.ToolMessages.AddRange(answer.Messages);
            var running = _tools.RunAsync(reply, calls, ct);
            if (await IsSlowAsync(running, ct))
            {
                yield return call.Settings.Thinking.Filler + " ";
                yield return null;
            }

            var results = new ChatMessage(ChatRole.Tool, [.. await running]);
            messages.Add(results);
            reply.ToolMessages.Add(results);
            if (reply.EndsCall && reply.HasWords && calls.All(toolCall => toolCall.Name == EndCallTool.Name))
            {
                // The goodbye was said with the call of the tool; another round would say it twice.
                yield break;
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
        return first != running;
    }

    /// <summary>One request, asked once more where it failed for a passing reason before its first content.</summary>
    private async IAsyncEnumerable<ChatResponseUpdate> AskAsync(
        Reply reply, List<ChatMessage> messages, bool mayCallTools, [EnumeratorCancellation] CancellationToken ct)
    {
        var options = new ChatOptions
        {
            Tools = [.. reply.Tools],
            ToolMode = mayCallTools ? ChatToolMode.Auto : ChatToolMode.None,
            ConversationId = null,
        };
        for (var attempt = 1; ; attempt++)
        {
            var limit = call.Settings.Thinking.FirstTokenTimeout;
            using var timeout = new CancellationTokenSource(limit, call.Clock.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
            await using var updates = call.Providers.LanguageModel.GetStreamingResponseAsync(messages, options, either.Token)
                .GetAsyncEnumerator(either.Token);
            var (first, error) = await FirstAsync(updates, timeout, limit, ct);
            if (error is not null)
            {
                if (attempt == 1 && error.IsTransient)
                {
                    await call.ReportAsync(call.Failure(CallStage.LanguageModel, error));
                    continue;
                }

                throw error;
            }

            timeout.CancelAfter(Timeout.InfiniteTimeSpan);
            for (var more = first; more; more = await updates.MoveNextAsync())
            {
                yield return updates.Current;
            }

            yield break;
        }
    }

    private static async Task<(bool HasFirst, ProviderException? Error)> FirstAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates, CancellationTokenSource timeout, TimeSpan limit, CancellationToken ct)
    {
        try
        {
            return (await updates.MoveNextAsync(), null);
        }
        catch (ProviderException e)
        {
            return (false, e);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            var message = $"The language model gave no token within {limit.TotalSeconds:0.#} seconds.";
            return (false, new ProviderException(ProviderFailure.TimedOut, message, e));
        }
    }
}
