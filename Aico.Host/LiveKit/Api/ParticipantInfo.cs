using System.Text.Json.Serialization;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.LiveKit.Api;

/// <summary>A participant as the server describes it.</summary>
internal sealed record ParticipantInfo
{
    public string Sid { get; set; } = "";

    public string Identity { get; set; } = "";

    public string Name { get; set; } = "";

    public string Metadata { get; set; } = "";

    public IReadOnlyDictionary<string, string> Attributes { get; set; } = new Dictionary<string, string>();

    [JsonConverter(typeof(ProtoEnumConverter<ParticipantState>))]
    public ParticipantState State { get; set; }

    [JsonConverter(typeof(ProtoEnumConverter<ParticipantKind>))]
    public ParticipantKind Kind { get; set; }

    public IReadOnlyList<TrackInfo> Tracks { get; set; } = [];

    /// <summary>Unix seconds.</summary>
    public long JoinedAt { get; set; }
}
