namespace Fixtures.Good;

internal sealed class GoodSpeechToText(GoodSettings settings) : IBatchSpeechToText
{
    public ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct) =>
        ValueTask.FromResult(new Transcript(settings.Text));
}
