namespace Aico.Host.LiveKit.Api;

/// <summary>A room as the server describes it.</summary>
internal sealed record RoomInfo
{
    public string Sid { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>Seconds.</summary>
    public uint EmptyTimeout { get; set; }

    /// <summary>Seconds.</summary>
    public uint DepartureTimeout { get; set; }

    public uint MaxParticipants { get; set; }

    /// <summary>Unix seconds.</summary>
    public long CreationTime { get; set; }

    public string Metadata { get; set; } = "";

    /// <summary>Agents are not counted.</summary>
    public uint NumParticipants { get; set; }

    public uint NumPublishers { get; set; }

    public bool ActiveRecording { get; set; }
}
