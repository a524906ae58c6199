using Aico.Abstractions;
using Aico.Abstractions.VoiceActivity;
using Aico.Plugins.Shared.Onnx;

namespace Aico.Plugins.Silero;

/// <summary>
/// Holds the one session that all streams run on: 24 MB once, against 11 MB and 37 ms for each stream with a session of its own.
/// The first stream loads it (100 ms). Disposing ends the open streams too.
/// </summary>
internal sealed class SileroVoiceActivityDetector(string library, string model) : IVoiceActivityDetector, IDisposable
{
    private readonly Lock _gate = new();
    private SileroModel? _model;
    private bool _disposed;

    /// <inheritdoc />
    public int SampleRate => SileroModel.SampleRate;

    /// <inheritdoc />
    public int WindowSamples => SileroModel.WindowSamples;

    /// <inheritdoc />
    public IVoiceActivityStream Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            // Not a Lazy, which would remember a failure after the file was put right.
            _model ??= new SileroModel(OnnxRuntime.Load(library), model);
            return new SileroStream(_model);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _model?.Dispose();
        }
    }
}
