namespace Aico.Host.LiveKit.Rtc.Native;

/// <summary>The native library as bytes: requests in, events out. Safe from any thread.</summary>
internal interface IFfi
{
    /// <summary>
    /// Begins to hand events to the receiver, on threads of the library and several at once. The bytes are gone when it returns; it must
    /// neither block nor throw.
    /// </summary>
    void Start(FfiReceiver receiver);

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">The answer, until the returned handle is dropped.</param>
    /// <returns>0 where the library refuses; why is only in its log.</returns>
    ulong Request(ReadOnlySpan<byte> request, out ReadOnlySpan<byte> response);

    /// <summary>False where there is no such handle (any more).</summary>
    bool Drop(ulong handle);

    /// <summary>Closes every room and ends the library; blocks until that is done. Once, at the end of the process.</summary>
    void Dispose();
}
