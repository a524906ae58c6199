using Aico.Abstractions;

namespace Aico.Plugins.Shared.Onnx;

/// <summary>A model, ready to run. Many threads may run it at once; each run uses the one thread that asked.</summary>
internal sealed class OnnxSession : OnnxHandle
{
    /// <summary>Loads a model.</summary>
    /// <exception cref="ProviderException">The file is missing or is no model.</exception>
    public OnnxSession(OnnxRuntime runtime, string path)
        : base(runtime.Api, runtime.Api.CreateSession(runtime.Environment, path))
    {
        Name = Path.GetFileName(path);
        InputNames = Api.NamesOf(handle, inputs: true);
        OutputNames = Api.NamesOf(handle, inputs: false);
    }

    /// <summary>The model's file name, for messages.</summary>
    public string Name { get; }

    public IReadOnlyList<string> InputNames { get; }

    public IReadOnlyList<string> OutputNames { get; }

    internal OnnxApi Functions => Api;

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        Api.ReleaseSession(handle);
        return true;
    }
}
