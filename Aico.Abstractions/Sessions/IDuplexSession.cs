namespace Aico.Abstractions.Sessions;

/// <summary>
/// A conversation with a provider: items go in while results come out. Speech-to-text and text-to-speech share this shape.
/// </summary>
/// <remarks>
/// <para>Threading: one writer (<see cref="SendAsync"/>, <see cref="FlushAsync"/>, <see cref="CompleteAsync"/>) and one reader
/// (<see cref="ReadAsync"/>) at a time; the two may run on different threads. <see cref="IAsyncDisposable.DisposeAsync"/> may be
/// called at any moment from any thread, more than once.</para>
/// <para>Disposing means cancel now: work in progress is given up within 100 ms, a pending read ends without an error.</para>
/// <para>Errors: a fault of the provider is thrown by <see cref="ReadAsync"/> as a <see cref="ProviderException"/>, once, after the
/// results that came before it. After a fault the writer's calls return without effect, so that the one error has one place.</para>
/// </remarks>
/// <typeparam name="TIn">What is sent: audio frames or pieces of text.</typeparam>
/// <typeparam name="TOut">What is read: transcript events or pieces of speech.</typeparam>
public interface IDuplexSession<in TIn, out TOut> : IAsyncDisposable
{
    /// <summary>Sends one item. Waits only while the session's own bounded queue is full.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; the item may or may not have been taken.</exception>
    /// <exception cref="InvalidOperationException">The session was completed before.</exception>
    ValueTask SendAsync(TIn item, CancellationToken ct);

    /// <summary>Asks for everything sent so far to be finished now: final text of what was heard, or speech of what was written.</summary>
    ValueTask FlushAsync(CancellationToken ct);

    /// <summary>Says that no more input comes. The rest is flushed, and <see cref="ReadAsync"/> ends after the last result.</summary>
    ValueTask CompleteAsync(CancellationToken ct);

    /// <summary>Reads the results as they come. Ends after <see cref="CompleteAsync"/> or disposal. Called once per session.</summary>
    /// <exception cref="ProviderException">The provider failed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    IAsyncEnumerable<TOut> ReadAsync(CancellationToken ct);
}
