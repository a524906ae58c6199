using System.Text.Json.Serialization;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.LiveKit.Api;

/// <summary>A participant as the server describes it.</summary>
internal sealed record ParticipantInfo
{
    public string Sid { get; init; } = "";

    public string Identity { get; init; } = "";

    public string Name { get; init; } = "";

    public string Metadata { get; init; } = "";

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    [JsonConverter(typeof(ProtoEnumConverter<ParticipantState>))]
    public ParticipantState State { get; init; }

    [JsonConverter(typeof(ProtoEnumConverter<ParticipantKind>))]
    public ParticipantKind Kind { get; init; }

    public IReadOnlyList<TrackInfo> Tracks { get; init; } = [];

    /// <summary>Unix seconds.</summary>
    public long JoinedAt { get; init; }
}
