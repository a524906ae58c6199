using System.Threading.Channels;
using Aico.Abstractions;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// Speaks the sentences of one answer. The session opens with the first sentence, so an answer without words opens none; each
/// sentence is flushed, since it is complete. A session that fails before its first audio is tried once more.
/// </summary>
internal sealed class TextToSpeechStage(CallContext call, ITextToSpeech provider)
{
    public async Task RunAsync(Reply reply, ChannelReader<string> sentences, CancellationToken ct)
    {
        var said = new List<string>();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await SpeakAsync(reply, said, sentences, ct);
                return;
            }
            catch (ProviderException e) when (attempt == 1 && e.IsTransient && reply.FirstAudio is null)
            {
                await call.ReportAsync(call.Failure(CallStage.TextToSpeech, e));
            }
        }
    }

    private async Task SpeakAsync(Reply reply, List<string> said, ChannelReader<string> sentences, CancellationToken ct)
    {
        if (said.Count == 0)
        {
            if (!await sentences.WaitToReadAsync(ct))
            {
                return;
            }
        }

        var request = new TextToSpeechRequest(call.Identity) { Voice = call.Settings.Voice, Language = call.Settings.Language };
        await using var session = await provider.OpenAsync(request, ct);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = ReadAsync(reply, session, failed, ct);
        try
        {
            foreach (var sentence in said)
            {
                await SendAsync(session, sentence, failed.Token);
            }

            await foreach (var sentence in sentences.EachAsync(failed.Token))
            {
                said.Add(sentence);
                reply.Speech.Sent(sentence);
                await SendAsync(session, sentence, failed.Token);
            }

            await session.CompleteAsync(failed.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The reader has the error that ended it.
        }

        await reading;
    }

    private static async ValueTask SendAsync(IDuplexSession<string, SpeechChunk> session, string sentence, CancellationToken ct)
    {
        await session.SendAsync(sentence, ct);
        await session.FlushAsync(ct);
    }

    private async Task ReadAsync(
        Reply reply, IDuplexSession<string, SpeechChunk> session, CancellationTokenSource failed, CancellationToken ct)
    {
        var limit = call.Settings.Speaking.FirstAudioTimeout;
        using var timeout = new CancellationTokenSource(limit, call.Clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            await foreach (var chunk in session.ReadAsync(either.Token))
            {
                if (reply.FirstAudio is null)
                {
                    timeout.CancelAfter(Timeout.InfiniteTimeSpan);
                    reply.MarkAudio(call.Now);
                    await call.Mailbox.PostAsync(new CallSignal.ReplyProgressed(reply), ct);
                }

                await call.ReportAsync(new SpeechSynthesized(call.Now, reply.Turn, chunk.Audio.Duration));
                await reply.Speech.WriteAsync(chunk, ct);
            }
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            failed.Cancel();
            throw new ProviderException(ProviderFailure.TimedOut, $"The text-to-speech provider gave no audio within {limit.TotalSeconds:0.#} seconds.", e);
        }
        catch (ProviderException)
        {
            failed.Cancel();
            throw;
        }
    }
}
