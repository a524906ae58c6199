namespace Aico.Host.LiveKit.Rooms;

/// <summary>An open text stream. One writer; calls are sent in the order they were made.</summary>
internal interface IRoomTextWriter : IAsyncDisposable
{
    /// <exception cref="RoomException">It could not be sent.</exception>
    Task WriteAsync(string text, CancellationToken ct);

    /// <summary>Ends the stream; the attributes are merged into those of its header by readers. Disposal without it ends the stream too.</summary>
    Task CloseAsync(IReadOnlyDictionary<string, string> attributes, CancellationToken ct);
}
