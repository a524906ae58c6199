namespace Aico.Host.Calls.Rooms;

/// <summary>Makes the extensions of calls in rooms. Safe from any thread.</summary>
internal interface IRoomExtensionFactory
{
    /// <summary>Topics of byte streams that it wants to see.</summary>
    IReadOnlyCollection<string> ByteTopics { get; }

    /// <summary>Begins to accompany a call; the extension is disposed at the call's end.</summary>
    IRoomExtension Open(RoomCallAccess access);
}
