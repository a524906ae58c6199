namespace Aico.Host.Calls.Rooms;

/// <summary>Whether the agent in a room can take its caller.</summary>
/// <param name="Failure">Null: it is ready. Otherwise why it will not be.</param>
/// <param name="CallId">The call; null where a job was refused before there was one.</param>
internal sealed record RoomReadiness(string? Failure, string? CallId)
{
    public bool IsReady => Failure is null;
}
