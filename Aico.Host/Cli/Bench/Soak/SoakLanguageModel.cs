using Aico.Host.Calls.Trials;
using Microsoft.Extensions.AI;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>A language model of which each request may suffer.</summary>
internal sealed class SoakLanguageModel(IChatClient inner, SoakFaults faults, TimeProvider time) : DelegatingChatClient(inner)
{
    private readonly IChatClient _inner = inner;

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (faults.Next() is not { } fault)
        {
            return base.GetStreamingResponseAsync(messages, options, cancellationToken);
        }

        // Not disposed: it holds nothing but the model, which others use.
        var suffering = new FaultyLanguageModel(_inner, fault, time);
        return suffering.GetStreamingResponseAsync(messages, options, cancellationToken);
    }
}
