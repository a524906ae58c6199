namespace Aico.Host.LiveKit.Rooms;

/// <summary>What a participant is; numbers of the native library's ParticipantKind, which are not those of the server.</summary>
internal enum ParticipantKind
{
    Standard = 0,
    Ingress = 1,
    Egress = 2,
    Sip = 3,
    Agent = 4,
    Connector = 5,
    Bridge = 6,
}
