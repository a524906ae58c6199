using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;

namespace Aico.Plugins.Tests.Conformance;

/// <summary>The least that the contract of batch speech-to-text asks for; an utterance of more than ten seconds keeps it busy for ever.</summary>
internal sealed class FakeBatchSpeechToText(bool isFaulty) : IBatchSpeechToText
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
