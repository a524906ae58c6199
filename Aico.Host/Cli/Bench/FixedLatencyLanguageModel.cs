using System.Runtime.CompilerServices;
using Aico.Host.Cli.Talk;
using Microsoft.Extensions.AI;

namespace Aico.Host.Cli.Bench;

/// <summary>A stand-in that answers three sentences, a word at a time, at the pace of <see cref="FixedLatency"/>.</summary>
internal sealed class FixedLatencyLanguageModel(TimeProvider time) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var clock = new TalkClock(time);
        var words = FixedLatency.Answer.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            await clock.WaitUntilAsync(FixedLatency.FirstToken + i * FixedLatency.Token, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, i == 0 ? words[i] : $" {words[i]}");
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
