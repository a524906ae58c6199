namespace Aico.Host.LiveKit.Api;

/// <summary>A room as the server describes it.</summary>
internal sealed record RoomInfo
{
    public string Sid { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Seconds.</summary>
    public uint EmptyTimeout { get; init; }

    /// <summary>Seconds.</summary>
    public uint DepartureTimeout { get; init; }

    public uint MaxParticipants { get; init; }

    /// <summary>Unix seconds.</summary>
    public long CreationTime { get; init; }

    public string Metadata { get; init; } = "";

    /// <summary>Agents are not counted.</summary>
    public uint NumParticipants { get; init; }

    public uint NumPublishers { get; init; }

    public bool ActiveRecording { get; init; }
}
