using Aico.Host.LiveKit.Access;

namespace Aico.Host.LiveKit.Api;

/// <summary>The API of one server. The handler is the host's: it is shared and not disposed here.</summary>
internal sealed class LiveKitApi
{
    public LiveKitApi(LiveKitSettings settings, HttpMessageHandler http, TimeProvider time)
    {
        var twirp = new TwirpClient(new HttpMessageInvoker(http, disposeHandler: false), settings, new TokenIssuer(settings, time), time);
        Rooms = new RoomService(twirp);
        Dispatches = new AgentDispatchService(twirp);
        Sip = new SipService(twirp);
    }

    public RoomService Rooms { get; }

    public AgentDispatchService Dispatches { get; }

    public SipService Sip { get; }
}
