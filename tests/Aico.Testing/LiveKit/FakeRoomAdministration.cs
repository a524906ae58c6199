using Aico.Host.Calls.Rooms;

namespace Aico.Testing.LiveKit;

/// <summary>Keeps what was asked of the server.</summary>
internal sealed class FakeRoomAdministration : IRoomAdministration
{
    public List<string> Deleted { get; } = [];

    public List<(string Identity, string To)> Transfers { get; } = [];

    public List<(string RoomName, string Metadata)> Metadata { get; } = [];

    public Exception? Failure { get; set; }

    public async Task DeleteRoomAsync(string roomName, CancellationToken ct)
    {
        await Task.Yield();
        Deleted.Add(Failure is null ? roomName : throw Failure);
    }

    public async Task SetRoomMetadataAsync(string roomName, string metadata, CancellationToken ct)
    {
        await Task.Yield();
        Metadata.Add(Failure is null ? (roomName, metadata) : throw Failure);
    }

    public async Task TransferAsync(string roomName, string identity, string to, CancellationToken ct)
    {
        await Task.Yield();
        Transfers.Add(Failure is null ? (identity, to) : throw Failure);
    }
}
