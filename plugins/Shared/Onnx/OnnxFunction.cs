using System.Text;
using Aico.Abstractions;

namespace Aico.Plugins.Shared.Onnx;

/// <summary>
/// A session called with certain inputs for certain outputs. The names are marshalled once here, so that a run allocates nothing.
/// Safe for concurrent use; owns nothing.
/// </summary>
internal sealed unsafe class OnnxFunction
{
    private readonly OnnxSession _session;

    // Pinned for life: the library reads names through these addresses.
    private readonly byte[][] _names;
    private readonly nint[] _inputNames;
    private readonly nint[] _outputNames;

    /// <exception cref="ProviderException">The model has no input or output of that name.</exception>
    public OnnxFunction(OnnxSession session, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs)
    {
        _session = session;
        _names = [.. Checked(inputs, session.InputNames, "input"), .. Checked(outputs, session.OutputNames, "output")];
        _inputNames = AddressesOf(_names.AsSpan(0, inputs.Count));
        _outputNames = AddressesOf(_names.AsSpan(inputs.Count));
    }

    /// <summary>Runs the model on this thread.</summary>
    /// <param name="inputs">One value for each input, in the order of the names.</param>
    /// <param name="outputs">
    /// One place for each output. A value in it is written to, and must have the output's shape; where it is null the library
    /// allocates the value, and the caller owns it.
    /// </param>
    /// <param name="options">Lets another thread stop the run; null where nothing should.</param>
    /// <exception cref="ProviderException">The run failed or was stopped.</exception>
    public void Run(ReadOnlySpan<OnnxValue> inputs, Span<OnnxValue?> outputs, OnnxRunOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(inputs.Length, _inputNames.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(outputs.Length, _outputNames.Length);
        var inputHandles = stackalloc nint[inputs.Length];
        var outputHandles = stackalloc nint[outputs.Length];

        // Every handle is held for the run: another thread that disposes one of them must not free what is being read.
        var session = _session.Hold();
        nint stop = 0;
        var heldInputs = 0;
        var heldOutputs = 0;
        try
        {
            stop = options?.Hold() ?? 0;
            for (; heldInputs < inputs.Length; heldInputs++)
            {
                inputHandles[heldInputs] = inputs[heldInputs].Hold();
            }

            for (; heldOutputs < outputs.Length; heldOutputs++)
            {
                outputHandles[heldOutputs] = outputs[heldOutputs]?.Hold() ?? 0;
            }

            fixed (nint* inputNames = _inputNames)
            fixed (nint* outputNames = _outputNames)
            {
                _session.Functions.Run(
                    session, stop, inputNames, inputHandles, inputs.Length, outputNames, outputHandles, outputs.Length);
            }
        }
        finally
        {
            for (var i = 0; i < heldInputs; i++)
            {
                inputs[i].DangerousRelease();
            }

            for (var i = 0; i < heldOutputs; i++)
            {
                outputs[i]?.DangerousRelease();
            }

            if (stop != 0)
            {
                options!.DangerousRelease();
            }

            _session.DangerousRelease();
        }

        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] ??= new OnnxValue(_session.Functions, outputHandles[i]);
        }
    }

    private byte[][] Checked(IReadOnlyList<string> names, IReadOnlyList<string> known, string kind) =>
        [.. names.Select(name => known.Contains(name)
            ? Pinned(name)
            : throw new ProviderException(
                ProviderFailure.ProtocolError,
                $"The model {_session.Name} has no {kind} \"{name}\", only {string.Join(", ", known)}: it is another model than this provider was written for."))];

    private static byte[] Pinned(string name)
    {
        var bytes = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(name) + 1, pinned: true);
        Encoding.UTF8.GetBytes(name, bytes);
        return bytes;
    }

    private static nint[] AddressesOf(ReadOnlySpan<byte[]> names)
    {
        var addresses = new nint[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            fixed (byte* name = names[i])
            {
                addresses[i] = (nint)name;
            }
        }

        return addresses;
    }
}
