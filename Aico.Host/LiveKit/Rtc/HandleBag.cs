namespace Aico.Host.LiveKit.Rtc;

/// <summary>Handles of something that is being made: disposal drops them unless it was made.</summary>
internal sealed class HandleBag : IDisposable
{
    private readonly List<FfiHandle> _handles = [];

    public FfiHandle Add(FfiHandle handle)
    {
        _handles.Add(handle);
        return handle;
    }

    /// <summary>Somebody else owns them now.</summary>
    public void Keep() => _handles.Clear();

    public void Dispose() => _handles.ForEach(handle => handle.Dispose());
}
