using System.Runtime.CompilerServices;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Microsoft.Extensions.AI;

namespace Aico.Host.Cli.Bench.Chain;

/// <summary>A stand-in for a language model that answers after a fixed time, fails or says nothing, as it is told, and counts who asks it.</summary>
internal sealed class BenchedModel(TimeSpan latency, TimeProvider time) : IChatClient, IProviderProbe
{
    private int _requests;
    private int _probes;
    private int _probing;
    private int _mostProbing;
    private volatile BenchedState _state;

    public BenchedState State
    {
        get => _state;
        set => _state = value;
    }

    public int Requests => Volatile.Read(ref _requests);

    public int Probes => Volatile.Read(ref _probes);

    /// <summary>The most probes that were under way at one moment.</summary>
    public int MostProbing => Volatile.Read(ref _mostProbing);

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _requests);
        await ServeAsync(cancellationToken);
        yield return new ChatResponseUpdate(ChatRole.Assistant, "Yes.");
    }

    public async ValueTask<ProbeReport> ProbeAsync(CancellationToken ct)
    {
        Interlocked.Increment(ref _probes);
        var now = Interlocked.Increment(ref _probing);
        int most;
        while ((most = Volatile.Read(ref _mostProbing)) < now && Interlocked.CompareExchange(ref _mostProbing, now, most) != most)
        {
        }

        try
        {
            await ServeAsync(ct);
            return new ProbeReport("It serves.");
        }
        finally
        {
            Interlocked.Decrement(ref _probing);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private async ValueTask ServeAsync(CancellationToken ct)
    {
        if (_state == BenchedState.Silent)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, ct);
        }

        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, time, ct);
        }

        if (_state == BenchedState.Failing)
        {
            throw new ProviderException(ProviderFailure.Unavailable, "The bench lets it fail.");
        }
    }
}
