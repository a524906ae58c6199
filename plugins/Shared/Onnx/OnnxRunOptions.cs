namespace Aico.Plugins.Shared.Onnx;

/// <summary>Lets another thread stop a run.</summary>
internal sealed class OnnxRunOptions : OnnxHandle
{
    public OnnxRunOptions(OnnxRuntime runtime)
        : base(runtime.Api, runtime.Api.CreateRunOptions())
    {
    }

    /// <summary>
    /// Makes the runs that were given these options fail before their next operator, now and in future. Safe from any thread,
    /// until disposal.
    /// </summary>
    public void Terminate()
    {
        var native = Hold();
        try
        {
            Api.Terminate(native);
        }
        finally
        {
            DangerousRelease();
        }
    }

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        Api.ReleaseRunOptions(handle);
        return true;
    }
}
