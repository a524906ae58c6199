using System.Threading.Channels;
using Aico.Abstractions;
using Aico.Host.Calls.Thinking;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// Makes a reply: words from the language model (or fixed ones), cut into sentences, spoken by the text-to-speech provider, all at
/// the same time. Ends with <see cref="CallSignal.ReplyMade"/>, also after a failure, and silently after a cancellation; when it has
/// ended nothing of it runs any more.
/// </summary>
internal sealed class ReplyMaker(CallContext call)
{
    // A long answer is written faster than it is spoken; beyond this many sentences ahead the language model's stream waits.
    private const int SentencesAhead = 32;

    private readonly ReplyGenerator _generator = new(call);

    public async Task RunAsync(Reply reply, List<ChatMessage> messages)
    {
        var sentences = Channel.CreateBounded<Sentence>(
            new BoundedChannelOptions(SentencesAhead) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(reply.Cancelled);
        var speaking = SpeakAsync(reply, sentences.Reader, stop);
        ProviderException? failure = null;
        try
        {
            failure = await WriteAsync(reply, messages, sentences.Writer, stop.Token);
        }
        finally
        {
            sentences.Writer.Complete();
            failure = await speaking ?? failure;
            reply.Made(failure);
            reply.Speech.Complete(isWhole: failure is null && !reply.Cancelled.IsCancellationRequested);
        }

        if (!reply.Cancelled.IsCancellationRequested)
        {
            await call.Mailbox.PostAsync(new CallSignal.ReplyMade(reply), CancellationToken.None);
        }
    }

    private async Task<ProviderException?> WriteAsync(
        Reply reply, List<ChatMessage> messages, ChannelWriter<Sentence> sentences, CancellationToken ct)
    {
        var stream = new SentenceStream(call.Settings, reply.IsUninterruptible);
        var ready = new List<Sentence>();
        ProviderException? failure = null;
        try
        {
            try
            {
                await foreach (var part in PartsAsync(reply, messages, ct))
                {
                    switch (part.Kind)
                    {
                        case ReplyPartKind.Text:
                            await ProgressAsync(reply, stream.Push(part.Text, ready));
                            break;
                        case ReplyPartKind.Flush:
                            stream.Flush(ready);
                            break;
                        case ReplyPartKind.Drop:
                            stream = new SentenceStream(call.Settings, reply.IsUninterruptible);
                            break;
                    }

                    await SendAsync(reply, ready, sentences, ct);
                }
            }
            catch (ProviderException e)
            {
                // Whoever asked has reported it.
                failure = e;
            }

            // Also after a fault: what was written before it is still spoken.
            stream.Flush(ready);
            await SendAsync(reply, ready, sentences, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The answer was given up, or the speaking side failed and has the error.
        }

        return failure;
    }

    private IAsyncEnumerable<ReplyPart> PartsAsync(Reply reply, List<ChatMessage> messages, CancellationToken ct) =>
        reply.FixedWords is { } words ? FixedAsync(words) : _generator.GenerateAsync(reply, messages, ct);

    private static async IAsyncEnumerable<ReplyPart> FixedAsync(string words)
    {
        await ValueTask.CompletedTask;
        yield return ReplyPart.Of(words);
    }

    private async ValueTask ProgressAsync(Reply reply, string text)
    {
        if (reply.FixedWords is null)
        {
            reply.MarkToken(call.Now);
        }

        if (text.Length > 0)
        {
            await call.ReportAsync(new TokenReceived(call.Now, reply.Turn, text));
        }
    }

    private async ValueTask SendAsync(Reply reply, List<Sentence> ready, ChannelWriter<Sentence> sentences, CancellationToken ct)
    {
        foreach (var sentence in ready)
        {
            reply.AddWords(sentence.Text, call.Now);
            if (string.IsNullOrWhiteSpace(sentence.Text))
            {
                continue;
            }

            await call.ReportAsync(new SentenceReady(call.Now, reply.Turn, sentence.Text));
            await sentences.WriteAsync(sentence, ct);
        }

        ready.Clear();
    }

    private async Task<ProviderException?> SpeakAsync(Reply reply, ChannelReader<Sentence> sentences, CancellationTokenSource stop)
    {
        try
        {
            if (call.TextToSpeech is { } providers)
            {
                await new TextToSpeechStage(call, providers).RunAsync(reply, sentences, stop.Token);
                return null;
            }

            await foreach (var _ in sentences.EachAsync(stop.Token))
            {
                // A typed conversation: the words are the answer.
            }

            return null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (ProviderException e)
        {
            // The stage has reported it.
            stop.Cancel();
            return e;
        }
    }
}
