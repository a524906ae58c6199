using System.Runtime.InteropServices;

namespace Aico.Plugins.Shared.Onnx;

/// <summary>
/// A value over memory of ours, filled in place. The memory is native: the garbage collector neither moves it nor has to carry
/// the megabyte that an utterance takes.
/// </summary>
internal sealed unsafe class OnnxTensor<T> : OnnxValue
    where T : unmanaged
{
    private readonly void* _memory;
    private readonly int _count;

    private OnnxTensor(OnnxRuntime runtime, void* memory, int count, ReadOnlySpan<long> shape)
        : base(
            runtime.Api,
            runtime.Api.CreateTensor(runtime.CpuMemory, memory, (nuint)count * (nuint)sizeof(T), shape, ElementTypeOf<T>()))
    {
        _memory = memory;
        _count = count;
    }

    /// <summary>The elements, row by row; valid until disposal.</summary>
    /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
    public Span<T> Elements
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new(_memory, _count);
        }
    }

    /// <summary>Makes a tensor of zeros; no dimension at all makes a scalar.</summary>
    public static OnnxTensor<T> Zeros(OnnxRuntime runtime, params ReadOnlySpan<long> shape)
    {
        var count = 1;
        foreach (var dimension in shape)
        {
            count = checked(count * (int)dimension);
        }

        // 64 bytes suit the widest vector loads. An empty tensor gets an address too, since the library refuses null.
        var bytes = (nuint)Math.Max(count, 1) * (nuint)sizeof(T);
        var memory = NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(memory, bytes);
        try
        {
            return new(runtime, memory, count, shape);
        }
        catch
        {
            NativeMemory.AlignedFree(memory);
            throw;
        }
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        var released = base.ReleaseHandle();
        NativeMemory.AlignedFree(_memory);
        return released;
    }
}
