using Aico.Abstractions;
using Aico.Plugins.Shared.Onnx;

namespace Aico.Plugins.Silero;

/// <summary>The network and the sizes that it was trained with. Safe for concurrent use.</summary>
internal sealed class SileroModel : IDisposable
{
    public const int SampleRate = 16_000;

    /// <summary>32 ms: the only window that the network takes at this rate.</summary>
    public const int WindowSamples = 512;

    /// <summary>The end of the window before, which the network wants to see again in front of the next.</summary>
    public const int ContextSamples = 64;

    private readonly OnnxSession _session;

    /// <exception cref="ProviderException">The model cannot be used.</exception>
    public SileroModel(OnnxRuntime runtime, string path)
    {
        Runtime = runtime;
        _session = new(runtime, path);
        Detect = new(_session, ["input", "state", "sr"], ["output", "stateN"]);
        Rate = OnnxTensor<long>.Zeros(runtime);
        Rate.Elements[0] = SampleRate;
    }

    public OnnxRuntime Runtime { get; }

    /// <summary>Inputs: samples, state, rate. Outputs: probability, next state.</summary>
    public OnnxFunction Detect { get; }

    public OnnxTensor<long> Rate { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        _session.Dispose();
        Rate.Dispose();
    }
}
