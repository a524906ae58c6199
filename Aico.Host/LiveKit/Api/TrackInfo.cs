using System.Text.Json.Serialization;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.LiveKit.Api;

/// <summary>A published track as the server describes it.</summary>
internal sealed record TrackInfo
{
    public string Sid { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>"AUDIO", "VIDEO" or "DATA".</summary>
    [JsonConverter(typeof(ProtoEnumNameConverter))]
    public string Type { get; init; } = "";

    [JsonConverter(typeof(ProtoEnumConverter<TrackSource>))]
    public TrackSource Source { get; init; }

    public bool Muted { get; init; }
}
