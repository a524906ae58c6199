using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Trials;

/// <summary>A stand-in for a language model where only the other kinds are tried: it says one sentence.</summary>
internal sealed class TrialSentence : IChatClient
{
    public const string Words = "This is a short test of the voice.";

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Words)));

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask;
        yield return new ChatResponseUpdate(ChatRole.Assistant, Words);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
