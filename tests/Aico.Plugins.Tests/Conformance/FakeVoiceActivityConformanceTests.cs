using Aico.Abstractions.VoiceActivity;
using Aico.Testing.Conformance;

namespace Aico.Plugins.Tests.Conformance;

/// <summary>Proves that the suite can be passed.</summary>
public class FakeVoiceActivityConformanceTests : VoiceActivityConformance
{
    protected override IVoiceActivityDetector Create() => new Fake();

    private sealed class Fake : IVoiceActivityDetector
    {
        public int SampleRate => 16_000;

        public int WindowSamples => 512;

        public IVoiceActivityStream Open() => new Stream();

        /// <summary>Speech fades slowly, so that a stream has something to forget.</summary>
        private sealed class Stream : IVoiceActivityStream
        {
            private float _probability;
            private bool _disposed;

            public float Detect(ReadOnlySpan<short> window)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                ArgumentOutOfRangeException.ThrowIfNotEqual(window.Length, 512);
                var isLoud = window.ContainsAnyExceptInRange((short)-1000, (short)1000);
                return _probability = (0.7f * _probability) + (isLoud ? 0.3f : 0);
            }

            public void Reset() => _probability = 0;

            public void Dispose() => _disposed = true;
        }
    }
}
