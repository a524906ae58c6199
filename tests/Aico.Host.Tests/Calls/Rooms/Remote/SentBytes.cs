using Aico.Host.LiveKit.Protocol;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Tests.Calls.Rooms.Remote;

/// <summary>One byte stream as the room was given it.</summary>
internal sealed record SentBytes(RoomText Stream, string Name, byte[] Bytes)
{
    public AgentSessionMessage Message { get; } = AgentSessionMessage.Parser.ParseFrom(Bytes);

    public string Hex => Convert.ToHexStringLower(Bytes);
}
