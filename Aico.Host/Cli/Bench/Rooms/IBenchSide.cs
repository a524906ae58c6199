namespace Aico.Host.Cli.Bench.Rooms;

/// <summary>Whom the callers meet: agents, or the floor.</summary>
internal interface IBenchSide
{
    /// <summary>Brings a caller and its other side into a new room. Returns the room when both hear each other.</summary>
    Task<string> JoinAsync(bool counts, CancellationToken ct);

    /// <summary>Begins to count.</summary>
    Task BeginAsync(CancellationToken ct);

    /// <summary>Both have left when it returns.</summary>
    Task LeaveAsync(string room, CancellationToken ct);
}
