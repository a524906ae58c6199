using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Trials;

/// <summary>A language model that suffers a fault.</summary>
internal sealed class FaultyLanguageModel(IChatClient inner, InjectedFault fault, TimeProvider time) : DelegatingChatClient(inner)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await fault.MeetRequestAsync(time, cancellationToken);
        var isFirst = true;
        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            if (isFirst && update.Contents.Count > 0)
            {
                await fault.MeetFirstResultAsync(time, cancellationToken);
                isFirst = false;
                yield return update;
                fault.MeetSecondResult();
                continue;
            }

            yield return update;
        }
    }
}
