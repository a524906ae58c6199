using Aico.Abstractions;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls;

/// <summary>One conversation from the first frame to the goodbye.</summary>
internal sealed class Call
{
    public Call(
        CallIdentity identity, AgentSettings settings, CallProviders providers, ICallTransport transport, ICallObserver observer,
        TimeProvider timeProvider, ILoggerFactory loggerFactory)
    {
    }

    /// <summary>Runs the call to its end. Cancelling ends it at once with <see cref="CallEndReason.Cancelled"/>.</summary>
    public Task<CallEndReason> RunAsync(CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Takes typed text as a whole turn of the caller. Safe from any thread.</summary>
    public void SendText(string text) => throw new NotImplementedException();

    /// <summary>Says that the caller has left: what was said is still answered, then the call ends. Safe from any thread.</summary>
    public void CallerLeft() => throw new NotImplementedException();
}
