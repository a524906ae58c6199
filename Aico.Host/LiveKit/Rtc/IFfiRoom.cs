using Aico.Host.LiveKit.Rtc.Protocol;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>Who gets the events of one room. Called on threads of the library: neither blocks nor throws.</summary>
internal interface IFfiRoom
{
    ulong RoomHandle { get; }

    ulong ParticipantHandle { get; }

    /// <summary>Takes an event and the handles in it.</summary>
    void Post(FfiEvent message);

    /// <summary>The library is broken: nothing will come any more.</summary>
    void Break();
}
