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

    /// <summary>Yields what comes, as it comes.</summary>
    public async IAsyncEnumerable<ReplyPart> GenerateAsync(
        Reply reply, List<ChatMessage> messages, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var step = 0; ; step++)
        {
            var mayCallTools = step < call.Settings.Thinking.MaximumToolSteps;
            var request = new ModelRequest(call, reply, messages, mayCallTools, isFirst: step == 0);
            await foreach (var part in request.AskAsync(ct))
            {
                yield return part;
            }

            var answer = request.Updates.ToChatResponse();
            var calls = answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
            if (calls.Count == 0)
            {
                yield break;
            }

            if (!mayCallTools)
            {
                var stubborn = new ProviderException(
                    ProviderFailure.ProtocolError, $"The language model went on calling tools after {step} steps, when it had to answer.");
                await call.ReportAsync(call.Failure(CallStage.LanguageModel, request.Provider, stubborn));
                throw stubborn;
            }

            // What was said before the tools must not wait for them.
            yield return ReplyPart.Flush;
            await reply.CommittedAsync(ct);
            messages.AddRange(answer.Messages);
            reply.Tools.Began(answer.Messages, calls);
            var running = _tools.RunAsync(reply, calls, ct);
            if (await IsSlowAsync(running, ct))
            {
                yield return ReplyPart.Of(call.Settings.Thinking.Filler + " ");
                yield return ReplyPart.Flush;
            }

            messages.Add(new ChatMessage(ChatRole.Tool, [.. await running]));
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
        return first != running && !ct.IsCancellationRequested;
    }
}
