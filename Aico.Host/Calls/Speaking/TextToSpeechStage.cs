using System.Threading.Channels;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Providers.Fallback;

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// Speaks the sentences of one answer with the first provider of the chain that does. The session opens with the first sentence, so an
/// answer without words opens none; each sentence is flushed, since it is complete. Where a provider fails the next one goes on behind
/// the last word that is there. Every failure is reported here.
/// </summary>
internal sealed class TextToSpeechStage(CallContext call, ChainUse<ITextToSpeech> providers)
{
    private static readonly AudioFormat RecordedFormat = new(24_000, 1);

    /// <exception cref="ProviderException">Nobody is left, and what is to be said was not recorded.</exception>
    public async Task RunAsync(Reply reply, ChannelReader<Sentence> sentences, CancellationToken ct)
    {
        if (!await sentences.WaitToReadAsync(ct))
        {
            return;
        }

        var run = call.Begin(providers);
        var rest = "";
        while (run.Next() is { } entry)
        {
            if (run.Pause > TimeSpan.Zero)
            {
                await Task.Delay(run.Pause, call.Clock.Time, ct);
            }

            var meter = await AttemptMeter.BeginAsync(call, providers, CallStage.TextToSpeech, entry, reply.Turn);
            var speech = new SpeechAttempt(call, reply, entry, meter, run);
            if (await speech.SpeakAsync(rest, sentences, ct) is not { } fault)
            {
                return;
            }

            await call.ReportAsync(call.Failure(CallStage.TextToSpeech, entry.Key, fault));
            run.Failed(entry, fault);
            rest = reply.Speech.CutAfterLastWord();
            if (speech.IsComplete && !SpeechAttempt.IsSpeakable(rest))
            {
                // It broke behind the last word.
                return;
            }
        }

        if (reply.FixedWords is { } words && reply.First.Audio is null && call.Providers.Recordings?.Find(words) is { } recording)
        {
            await reply.Speech.WriteAsync(new SpeechChunk(new AudioFrame(RecordedFormat, recording, TimeSpan.Zero), rest), ct);
            reply.MarkAudio(call.Now);
            return;
        }

        throw run.Fault!;
    }
}
