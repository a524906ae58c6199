using System.Text.Json.Serialization;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.LiveKit.Api;

/// <summary>A published track as the server describes it.</summary>
internal sealed record TrackInfo
{
    public string Sid { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>"AUDIO", "VIDEO" or "DATA".</summary>
    [JsonConverter(typeof(ProtoEnumNameConverter))]
    public string Type { get; set; } = "";

    [JsonConverter(typeof(ProtoEnumConverter<TrackSource>))]
    public TrackSource Source { get; set; }

    public bool Muted { get; set; }
}
