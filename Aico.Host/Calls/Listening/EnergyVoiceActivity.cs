using Aico.Abstractions.VoiceActivity;

namespace Aico.Host.Calls.Listening;

/// <summary>
/// The fallback where no voice activity provider is there: louder than an adaptive noise floor counts as speech. It takes loud
/// noise for speech, which the model-based detectors do not.
/// </summary>
internal sealed class EnergyVoiceActivity : IVoiceActivityDetector
{
    public const string Key = "energy";

    public int SampleRate => 16_000;

    public int WindowSamples => 512;

    public IVoiceActivityStream Open() => new Stream(WindowSamples);

    private sealed class Stream(int windowSamples) : IVoiceActivityStream
    {
        private const double FloorAtStartDb = -55;
        private const double QuietestFloorDb = -75;

        // Above the floor by this much a window is as likely speech as not; the slope makes 6 dB the step from 0.27 to 0.73.
        private const double ThresholdAboveFloorDb = 12;
        private const double SlopePerDb = 1.0 / 3;

        // The floor follows quieter windows at once and louder ones slowly: 0.5 dB in each 32 ms window.
        private const double RisePerWindowDb = 0.5;

        private double _floorDb = FloorAtStartDb;
        private bool _disposed;

        public float Detect(ReadOnlySpan<short> window)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (window.Length != windowSamples)
            {
                throw new ArgumentException($"A window has {windowSamples} samples, not {window.Length}.", nameof(window));
            }

            double sum = 0;
            foreach (var sample in window)
            {
                sum += (double)sample * sample;
            }

            var levelDb = 10 * Math.Log10((sum / window.Length / (32768.0 * 32768.0)) + 1e-10);
            var probability = 1 / (1 + Math.Exp(-(levelDb - _floorDb - ThresholdAboveFloorDb) * SlopePerDb));
            _floorDb = levelDb < _floorDb
                ? Math.Max(QuietestFloorDb, levelDb)
                : probability < 0.5 ? Math.Min(levelDb, _floorDb + RisePerWindowDb) : _floorDb + (RisePerWindowDb / 50);
            return (float)probability;
        }

        public void Reset() => _floorDb = FloorAtStartDb;

        public void Dispose() => _disposed = true;
    }
}
