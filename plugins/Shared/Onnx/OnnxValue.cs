using Aico.Abstractions;

namespace Aico.Plugins.Shared.Onnx;

/// <summary>An input or output of a run.</summary>
internal class OnnxValue : OnnxHandle
{
    internal OnnxValue(OnnxApi api, nint native)
        : base(api, native)
    {
    }

    /// <summary>The elements, row by row; valid until disposal.</summary>
    /// <exception cref="ProviderException">The value has elements of another type.</exception>
    public unsafe ReadOnlySpan<T> Read<T>()
        where T : unmanaged
    {
        var native = Hold();
        try
        {
            var (type, count) = Api.ElementsOf(native);
            return type == ElementTypeOf<T>()
                ? new(Api.DataOf(native), count)
                : throw new ProviderException(
                    ProviderFailure.ProtocolError, $"The model gave elements of ONNX type {type} where {typeof(T).Name} was expected.");
        }
        finally
        {
            DangerousRelease();
        }
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        Api.ReleaseValue(handle);
        return true;
    }

    // Numbers of the ONNX format.
    private protected static int ElementTypeOf<T>() => default(T) switch
    {
        float => 1,
        long => 7,
        bool => 9,
        _ => throw new NotSupportedException($"{typeof(T)} is no element type that a model here uses."),
    };
}
