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
    public async Task RunAsync(Reply reply, ChannelReader<Sentence> sentences, CancellationToken ct)
    {
        if (!await sentences.WaitToReadAsync(ct))
        {
            return;
        }

        var said = new List<string>();
        var fault = await SpeakAsync(reply, said, sentences, ct);
        if (fault is { IsTransient: true } && reply.First.Audio is null)
        {
            await call.ReportAsync(call.Failure(CallStage.TextToSpeech, fault));
            fault = await SpeakAsync(reply, said, sentences, ct);
        }

        if (fault is not null)
        {
            throw fault;
        }
    }

    private async Task<ProviderException?> SpeakAsync(Reply reply, List<string> said, ChannelReader<Sentence> sentences, CancellationToken ct)
    {
        var limit = call.Settings.Speaking.FirstAudioTimeout;
        using var deadline = new SpeechDeadline(limit, call.Clock.Time);
        using var stop = new ProviderCancellation(call, CallStage.TextToSpeech, ct, deadline.Passed);
        ProviderException? fault;
        try
        {
            deadline.Expect();
            var request = new TextToSpeechRequest(call.Identity) { Voice = call.Settings.Voice, Language = call.Settings.Language };
            await using var session = await provider.OpenAsync(request, stop.Token);
            fault = await UseAsync(session, reply, said, sentences, deadline, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancelled)
        {
            fault = null;
        }
        catch (Exception e) when (ProviderFault.Is(e, ct, out var broken))
        {
            fault = broken;
        }

        ct.ThrowIfCancellationRequested();
        if (deadline.Passed.IsCancellationRequested)
        {
            return new ProviderException(ProviderFailure.TimedOut, $"The text-to-speech provider gave no audio within {limit.TotalSeconds:0.#} seconds.");
        }

        return fault is null && reply.First.Audio is null && said.Exists(IsSpeakable)
            ? new ProviderException(ProviderFailure.ProtocolError, "The text-to-speech provider ended without any audio.")
            : fault;
    }

    /// <summary>Sends and reads at the same time until both have ended; an error of either ends the other.</summary>
    private async Task<ProviderException?> UseAsync(
        IDuplexSession<string, SpeechChunk> session, Reply reply, List<string> said, ChannelReader<Sentence> sentences,
        SpeechDeadline deadline, ProviderCancellation stop)
    {
        var isComplete = false;
        var reading = GuardAsync(
            async ct =>
            {
                await foreach (var chunk in session.ReadAsync(ct))
                {
                    await TakeAsync(reply, chunk, deadline, ct);
                    deadline.Reading(owesMore: Volatile.Read(ref isComplete));
                }

                if (!Volatile.Read(ref isComplete))
                {
                    throw new ProviderException(ProviderFailure.Unavailable, "The text-to-speech provider ended the session before its text.");
                }
            },
            stop);
        var sending = GuardAsync(
            async ct =>
            {
                foreach (var sentence in said)
                {
                    await SendAsync(session, sentence, deadline, ct);
                }

                await foreach (var sentence in sentences.EachAsync(ct))
                {
                    said.Add(sentence.Text);
                    reply.Speech.Sent(sentence);
                    await SendAsync(session, sentence.Text, deadline, ct);
                }

                Volatile.Write(ref isComplete, true);
                deadline.Expect();
                await session.CompleteAsync(ct);
            },
            stop);
        var sendFault = await sending;
        return await reading ?? sendFault;
    }

    private static async Task<ProviderException?> GuardAsync(Func<CancellationToken, Task> half, ProviderCancellation stop)
    {
        try
        {
            await half(stop.Token);
            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancelled)
        {
            // The other half, the deadline or the owner of the answer has the reason.
            return null;
        }
        catch (Exception e) when (ProviderFault.Is(e, stop.Token, out var fault))
        {
            stop.Cancel();
            return fault;
        }
    }

    private static async ValueTask SendAsync(
        IDuplexSession<string, SpeechChunk> session, string sentence, SpeechDeadline deadline, CancellationToken ct)
    {
        if (IsSpeakable(sentence))
        {
            deadline.Expect();
        }

        await session.SendAsync(sentence, ct);
        await session.FlushAsync(ct);
    }

    private async ValueTask TakeAsync(Reply reply, SpeechChunk chunk, SpeechDeadline deadline, CancellationToken ct)
    {
        if (!chunk.Audio.Samples.IsEmpty)
        {
            deadline.Received();
            reply.MarkAudio(call.Now);
            await call.ReportAsync(new SpeechSynthesized(call.Now, reply.Turn, chunk.Audio.Duration));
        }

        await reply.Speech.WriteAsync(chunk, ct);
    }

    private static bool IsSpeakable(string text) => text.Any(char.IsLetterOrDigit);
}
