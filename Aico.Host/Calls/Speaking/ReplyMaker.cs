using System.Threading.Channels;
using Aico.Abstractions;
using Aico.Host.Calls.Thinking;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Speaking;

/// <summary>
/// Makes a reply: words from the language model (or fixed ones), cut into sentences, spoken by the text-to-speech provider, all at
/// the same time. Ends with <see cref="CallSignal.ReplyMade"/>, also after a failure, and silently after a cancellation.
/// </summary>
internal sealed class ReplyMaker(CallContext call)
{
    // A long answer is written faster than it is spoken; beyond this many sentences ahead the language model's stream waits.
    private const int SentencesAhead = 32;

    private readonly ReplyGenerator _generator = new(call);

    public async Task RunAsync(Reply reply, List<ChatMessage> messages)
    {
        var ct = reply.Cancelled;
        ProviderException? failure = null;
        try
        {
            var sentences = Channel.CreateBounded<string>(
                new BoundedChannelOptions(SentencesAhead) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true, SingleWriter = true });
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var speaking = SpeakAsync(reply, sentences.Reader, stop);
            failure = await WriteAsync(reply, messages, sentences.Writer, stop.Token);
            failure = await speaking ?? failure;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            reply.Made(failure);
            reply.Speech.Complete();
        }

        await call.Mailbox.PostAsync(new CallSignal.ReplyMade(reply), CancellationToken.None);
    }

    private async Task<ProviderException?> WriteAsync(
        Reply reply, List<ChatMessage> messages, ChannelWriter<string> sentences, CancellationToken ct)
    {
        var splitter = new SentenceSplitter(call.Settings.Language);
        var transform = new SpeechTextTransform(call.Settings.Speaking.Replacements);
        var ready = new List<string>();
        try
        {
            await foreach (var text in TextAsync(reply, messages, ct))
            {
                if (text is null)
                {
                    splitter.Push(transform.Complete(), ready);
                    splitter.Complete(ready);
                }
                else
                {
                    await ProgressAsync(reply, text, ct);
                    splitter.Push(transform.Push(text), ready);
                }

                await SendAsync(reply, ready, sentences, ct);
            }

            splitter.Push(transform.Complete(), ready);
            splitter.Complete(ready);
            await SendAsync(reply, ready, sentences, ct);
            return null;
        }
        catch (Exception e) when (ProviderFault.Is(e, ct, out var fault))
        {
            // What was written before the fault is still spoken.
            splitter.Complete(ready);
            await SendAsync(reply, ready, sentences, ct);
            await call.ReportAsync(call.Failure(CallStage.LanguageModel, fault));
            return fault;
        }
        catch (OperationCanceledException) when (!reply.Cancelled.IsCancellationRequested)
        {
            // The speaking side failed and holds the error.
            return null;
        }
        finally
        {
            sentences.Complete();
        }
    }

    private IAsyncEnumerable<string?> TextAsync(Reply reply, List<ChatMessage> messages, CancellationToken ct) =>
        reply.FixedWords is { } words ? FixedAsync(words) : _generator.GenerateAsync(reply, messages, ct);

    private static async IAsyncEnumerable<string?> FixedAsync(string words)
    {
        await ValueTask.CompletedTask;
        yield return words;
    }

    private async ValueTask ProgressAsync(Reply reply, string text, CancellationToken ct)
    {
        if (reply.FirstToken is null && reply.FixedWords is null)
        {
            reply.MarkToken(call.Now);
            await call.Mailbox.PostAsync(new CallSignal.ReplyProgressed(reply), ct);
        }

        await call.ReportAsync(new TokenReceived(call.Now, reply.Turn, text));
    }

    private async ValueTask SendAsync(Reply reply, List<string> ready, ChannelWriter<string> sentences, CancellationToken ct)
    {
        foreach (var sentence in ready)
        {
            reply.AddWords(sentence, call.Now);
            if (string.IsNullOrWhiteSpace(sentence))
            {
                continue;
            }

            await call.ReportAsync(new SentenceReady(call.Now, reply.Turn, sentence));
            await sentences.WriteAsync(sentence, ct);
        }

        ready.Clear();
    }

    private async Task<ProviderException?> SpeakAsync(Reply reply, ChannelReader<string> sentences, CancellationTokenSource stop)
    {
        try
        {
            if (call.Providers.TextToSpeech is { } provider)
            {
                await new TextToSpeechStage(call, provider).RunAsync(reply, sentences, stop.Token);
                return null;
            }

            await foreach (var _ in sentences.EachAsync(stop.Token))
            {
                // A typed conversation: the words are the answer.
            }

            return null;
        }
        catch (Exception e) when (ProviderFault.Is(e, stop.Token, out var fault))
        {
            stop.Cancel();
            await call.ReportAsync(call.Failure(CallStage.TextToSpeech, fault));
            return fault;
        }
    }
}
