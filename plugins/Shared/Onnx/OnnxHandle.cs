using System.Runtime.InteropServices;

namespace Aico.Plugins.Shared.Onnx;

/// <summary>Something that the library allocated. A run in progress keeps it alive, however early it is disposed.</summary>
internal abstract class OnnxHandle : SafeHandle
{
    protected OnnxHandle(OnnxApi api, nint native)
        : base(0, ownsHandle: true)
    {
        Api = api;
        SetHandle(native);
    }

    /// <inheritdoc />
    public override bool IsInvalid => handle == 0;

    protected OnnxApi Api { get; }

    /// <summary>Counts a use and returns the native handle; <see cref="SafeHandle.DangerousRelease"/> ends the use.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    internal nint Hold()
    {
        var held = false;
        DangerousAddRef(ref held);
        return handle;
    }
}
