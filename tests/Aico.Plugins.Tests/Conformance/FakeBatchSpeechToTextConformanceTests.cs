using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Testing.Conformance;

namespace Aico.Plugins.Tests.Conformance;

/// <summary>Proves that the suite can be passed.</summary>
public class FakeBatchSpeechToTextConformanceTests : BatchSpeechToTextConformance
{
    protected override IBatchSpeechToText Create() => new Fake(isFaulty: false);

    protected override IBatchSpeechToText CreateFaulty() => new Fake(isFaulty: true);

    private sealed class Fake(bool isFaulty) : IBatchSpeechToText
    {
        public async ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
        {
            await Task.Yield();
            if (utterance.Duration > TimeSpan.FromSeconds(10))
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            }

            ct.ThrowIfCancellationRequested();
            return isFaulty
                ? throw new ProviderException(ProviderFailure.Unavailable, "It is out of order.")
                : new Transcript(utterance.Samples.Span.ContainsAnyExceptInRange((short)-1000, (short)1000) ? "ten of clubs" : "");
        }
    }
}
