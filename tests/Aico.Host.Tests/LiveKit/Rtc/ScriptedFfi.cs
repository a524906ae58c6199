using Aico.Host.LiveKit.Rtc.Native;
using Aico.Host.LiveKit.Rtc.Protocol;
using Google.Protobuf;

namespace Aico.Host.Tests.LiveKit.Rtc;

/// <summary>A native library of which a test decides what it says, and when. It takes every request that it is not told to refuse.</summary>
internal sealed class ScriptedFfi : IFfi
{
    private FfiReceiver? _receiver;

    public List<FfiRequest> Requests { get; } = [];

    public FfiRequest.MessageOneofCase? Refuses { get; set; }

    /// <summary>Handles that were dropped, those of answers (which are all number 1) left out.</summary>
    public List<ulong> Dropped { get; } = [];

    public void Start(FfiReceiver receiver) => _receiver = receiver;

    public ulong Request(ReadOnlySpan<byte> request, out ReadOnlySpan<byte> response)
    {
        var asked = FfiRequest.Parser.ParseFrom(request);
        Requests.Add(asked);
        response = default;
        return asked.MessageCase == Refuses ? 0ul : 1;
    }

    public bool Drop(ulong handle)
    {
        if (handle != 1)
        {
            Dropped.Add(handle);
        }

        return true;
    }

    public void Say(FfiEvent message) => _receiver!(message.ToByteArray());

    public void Dispose()
    {
    }
}
