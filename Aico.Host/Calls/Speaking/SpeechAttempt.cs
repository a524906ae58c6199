using System.Threading.Channels;
using Aico.Abstractions;
using Aico.Abstractions.Sessions;
using Aico.Abstractions.TextToSpeech;
using Aico.Host.Providers.Fallback;

namespace Aico.Host.Calls.Speaking;

/// <summary>One provider's try to speak an answer, or the rest of one.</summary>
internal sealed class SpeechAttempt(CallContext call, Reply reply, ChainEntry<ITextToSpeech> entry, AttemptMeter meter, ChainRun<ITextToSpeech> run)
{
    private bool _isComplete;
    private bool _sentWords;

    /// <summary>True where all text of the answer was sent.</summary>
    public bool IsComplete => Volatile.Read(ref _isComplete);

    public static bool IsSpeakable(string text) => text.Any(char.IsLetterOrDigit);

    /// <param name="rest">Sent to a provider before, and still to be spoken.</param>
    /// <param name="sentences">Those that follow.</param>
    /// <param name="ct">Gives it up.</param>
    /// <returns>Null where everything was spoken.</returns>
    public async Task<ProviderException?> SpeakAsync(string rest, ChannelReader<Sentence> sentences, CancellationToken ct)
    {
        var outcome = reply.IsCommitted ? AttemptOutcome.Cancelled : AttemptOutcome.Speculative;
        ProviderException? fault = null;
        try
        {
            fault = await TryAsync(rest, sentences, ct);
            outcome = fault is null ? AttemptOutcome.Useful : AttemptOutcome.Failed;
            return fault;
        }
        finally
        {
            await meter.EndAsync(outcome == AttemptOutcome.Speculative && reply.IsCommitted ? AttemptOutcome.Cancelled : outcome, fault);
        }
    }

    private async Task<ProviderException?> TryAsync(string rest, ChannelReader<Sentence> sentences, CancellationToken ct)
    {
        var speaking = call.Settings.Speaking;
        var limit = run.HasAnother && speaking.AudioBudget < speaking.FirstAudioTimeout ? speaking.AudioBudget : speaking.FirstAudioTimeout;
        using var deadline = new SpeechDeadline(limit, call.Clock.Time);
        using var stop = new ProviderCancellation(call, CallStage.TextToSpeech, entry.Key, ct, deadline.Passed);
        ProviderException? fault;
        try
        {
            deadline.Expect();
            await using var session = await entry.Provider.OpenAsync(TextToSpeechRequests.Of(call, entry), stop.Token);
            meter.Connected();
            fault = await UseAsync(session, rest, sentences, deadline, stop);
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

        return fault is null && _sentWords && !meter.HadResult
            ? new ProviderException(ProviderFailure.ProtocolError, "The text-to-speech provider ended without any audio.")
            : fault;
    }

    /// <summary>Sends and reads at the same time until both have ended; an error of either ends the other.</summary>
    private async Task<ProviderException?> UseAsync(
        IDuplexSession<string, SpeechChunk> session, string rest, ChannelReader<Sentence> sentences, SpeechDeadline deadline, ProviderCancellation stop)
    {
        var reading = GuardAsync(
            async ct =>
            {
                await foreach (var chunk in session.ReadAsync(ct))
                {
                    await TakeAsync(chunk, deadline, ct);
                    deadline.Reading(owesMore: IsComplete);
                }

                if (!IsComplete)
                {
                    throw new ProviderException(ProviderFailure.Unavailable, "The text-to-speech provider ended the session before its text.");
                }
            },
            stop);
        var sending = GuardAsync(
            async ct =>
            {
                if (rest.Length > 0)
                {
                    await SendAsync(session, rest, deadline, ct);
                }

                await foreach (var sentence in sentences.EachAsync(ct))
                {
                    reply.Speech.Sent(sentence);
                    await SendAsync(session, sentence.Text, deadline, ct);
                }

                Volatile.Write(ref _isComplete, true);
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

    private async ValueTask SendAsync(IDuplexSession<string, SpeechChunk> session, string text, SpeechDeadline deadline, CancellationToken ct)
    {
        if (IsSpeakable(text))
        {
            _sentWords = true;
            deadline.Expect();
        }

        meter.AddCharacters(text.Length);
        await session.SendAsync(text, ct);
        await session.FlushAsync(ct);
    }

    private async ValueTask TakeAsync(SpeechChunk chunk, SpeechDeadline deadline, CancellationToken ct)
    {
        if (!chunk.Audio.Samples.IsEmpty)
        {
            deadline.Received();
            if (meter.HasResult())
            {
                run.Succeeded(entry);
            }

            meter.AddAudio(chunk.Audio.Duration);
            reply.MarkAudio(call.Now);
            await call.ReportAsync(new SpeechSynthesized(call.Now, reply.Turn, chunk.Audio.Duration));
        }

        await reply.Speech.WriteAsync(chunk, ct);
    }
}
