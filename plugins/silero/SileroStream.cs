using Aico.Abstractions.VoiceActivity;
using Aico.Plugins.Shared.Onnx;

namespace Aico.Plugins.Silero;

/// <summary>
/// One caller's state. All memory that a run touches is set up once; two states take turns as input and output, so that nothing
/// is copied between windows but the 64 samples of context.
/// </summary>
internal sealed class SileroStream : IVoiceActivityStream
{
    private const int Context = SileroModel.ContextSamples;

    private readonly SileroModel _model;
    private readonly OnnxTensor<float> _samples;
    private readonly OnnxTensor<float> _probability;
    private readonly OnnxTensor<float>[] _states;
    private readonly OnnxValue[][] _inputs;
    private readonly OnnxValue?[][] _outputs;
    private int _turn;

    public SileroStream(SileroModel model)
    {
        _model = model;
        _samples = OnnxTensor<float>.Zeros(model.Runtime, 1, Context + SileroModel.WindowSamples);
        _probability = OnnxTensor<float>.Zeros(model.Runtime, 1, 1);
        _states = [OnnxTensor<float>.Zeros(model.Runtime, 2, 1, 128), OnnxTensor<float>.Zeros(model.Runtime, 2, 1, 128)];
        _inputs = [[_samples, _states[0], model.Rate], [_samples, _states[1], model.Rate]];
        _outputs = [[_probability, _states[1]], [_probability, _states[0]]];
    }

    /// <inheritdoc />
    public float Detect(ReadOnlySpan<short> window)
    {
        if (window.Length != SileroModel.WindowSamples)
        {
            throw new ArgumentException($"A window has {SileroModel.WindowSamples} samples, not {window.Length}.", nameof(window));
        }

        var samples = _samples.Elements;
        var fresh = samples[Context..];
        for (var i = 0; i < window.Length; i++)
        {
            fresh[i] = window[i] / 32768f;
        }

        _model.Detect.Run(_inputs[_turn], _outputs[_turn]);
        _turn ^= 1;
        samples[^Context..].CopyTo(samples);
        return _probability.Elements[0];
    }

    /// <inheritdoc />
    public void Reset()
    {
        _samples.Elements.Clear();
        _states[_turn].Elements.Clear();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _samples.Dispose();
        _probability.Dispose();
        _states[0].Dispose();
        _states[1].Dispose();
    }
}
