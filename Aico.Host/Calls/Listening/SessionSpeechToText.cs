using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;

namespace Aico.Host.Calls.Listening;

/// <summary>A streaming provider that is given one whole utterance: a session for each, as a fallback for one that reads utterances.</summary>
internal sealed class SessionSpeechToText(ISpeechToText provider) : IBatchSpeechToText
{
    // Providers take frames of 20 to 250 ms.
    private static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(100);

    public async ValueTask<Transcript> TranscribeAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
    {
        await using var session = await provider.OpenAsync(request, ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = ReadAsync(session.ReadAsync(stop.Token));
        try
        {
            var size = utterance.Format.SamplesIn(Piece);
            for (var start = 0; start < utterance.Samples.Length; start += size)
            {
                var count = Math.Min(size, utterance.Samples.Length - start);
                var offset = utterance.Offset + utterance.Format.DurationOf(start);
                await session.SendAsync(new AudioFrame(utterance.Format, utterance.Samples.Slice(start, count), offset), ct);
            }

            await session.CompleteAsync(ct);
        }
        catch
        {
            // The session has failed, or nobody wants it any more: reading ends with it and must not be left behind.
            stop.Cancel();
            await Task.WhenAny(reading);
            throw;
        }

        return await reading;
    }

    private static async Task<Transcript> ReadAsync(IAsyncEnumerable<TranscriptEvent> events)
    {
        var texts = new List<Transcript>();
        await foreach (var heard in events)
        {
            if (heard is FinalTranscript { Transcript: { Text.Length: > 0 } transcript })
            {
                texts.Add(transcript);
            }
        }

        return texts is [var only] ? only : new Transcript(string.Join(' ', texts.Select(text => text.Text.Trim())));
    }
}
