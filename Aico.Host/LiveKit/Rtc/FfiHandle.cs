using System.Runtime.InteropServices;
using Aico.Host.LiveKit.Rtc.Protocol;

namespace Aico.Host.LiveKit.Rtc;

/// <summary>Something that the native library keeps for us. Disposal drops it; twice is harmless.</summary>
internal sealed class FfiHandle : SafeHandle
{
    private readonly FfiClient _client;

    /// <summary>Takes over a handle that came in a message.</summary>
    public FfiHandle(FfiClient client, OwnedHandle owned)
        : base(0, ownsHandle: true)
    {
        _client = client;
        Id = owned.Id;
        // The library counts from 1 and never reuses a number.
        SetHandle((nint)owned.Id);
    }

    public ulong Id { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>A request took the handle: the library has let go of it.</summary>
    public void Consumed()
    {
        if (!IsClosed)
        {
            _client.Forget(Id);
            SetHandleAsInvalid();
        }
    }

    protected override bool ReleaseHandle()
    {
        _client.Drop(Id);
        return true;
    }
}
