using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Host.Providers.Fallback;

namespace Aico.Host.Calls.Listening;

/// <summary>Reads utterances with the first provider of the chain that does: the caller waits, and the audio is still here. Reports each failure.</summary>
internal sealed class UtteranceReader(CallContext call, ChainUse<SpeechToTextProvider> providers)
{
    private volatile ChainEntry<SpeechToTextProvider> _latest = providers.Chain.Primary;

    /// <summary>Who reads at present.</summary>
    public string Key => _latest.Key;

    public bool HasInterimHeadroom => _latest.Provider.Batch.HasInterimHeadroom;

    /// <exception cref="ProviderException">Nobody is left.</exception>
    public async ValueTask<Transcript> ReadAsync(AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
    {
        var run = call.Begin(providers);
        while (run.Next() is { } entry)
        {
            if (run.Pause > TimeSpan.Zero)
            {
                await Task.Delay(run.Pause, call.Clock.Time, ct);
            }

            try
            {
                var transcript = await TryAsync(entry, Limit(utterance, run), utterance, request, ct);
                run.Succeeded(entry);
                _latest = entry;
                return transcript;
            }
            catch (ProviderException fault)
            {
                run.Failed(entry, fault);
                if (request.IsInterim)
                {
                    // The final read will ask the others, and say what is wrong.
                    throw;
                }

                await call.ReportAsync(call.Failure(CallStage.SpeechToText, entry.Key, fault));
            }
        }

        throw run.Fault!;
    }

    private TimeSpan Limit(AudioFrame utterance, ChainRun<SpeechToTextProvider> run)
    {
        var listening = call.Settings.Listening;
        var budget = listening.ReadBudget + (utterance.Duration / 2);
        return run.HasAnother && budget < listening.ReadTimeout ? budget : listening.ReadTimeout;
    }

    private async ValueTask<Transcript> TryAsync(
        ChainEntry<SpeechToTextProvider> entry, TimeSpan limit, AudioFrame utterance, SpeechToTextRequest request, CancellationToken ct)
    {
        var meter = await AttemptMeter.BeginAsync(call, providers, CallStage.SpeechToText, entry, turn: null);
        meter.AddAudio(utterance.Duration);
        using var timeout = new CancellationTokenSource(limit, call.Clock.Time);
        using var either = new ProviderCancellation(call, CallStage.SpeechToText, entry.Key, ct, timeout.Token);
        var outcome = request.IsInterim ? AttemptOutcome.Speculative : AttemptOutcome.Cancelled;
        ProviderException? fault = null;
        try
        {
            var transcript = await entry.Provider.Batch.TranscribeAsync(utterance, request, either.Token);
            meter.HasResult();
            outcome = request.IsInterim ? AttemptOutcome.Speculative : AttemptOutcome.Useful;
            return transcript;
        }
        catch (Exception e) when (ProviderFault.Is(e, ct, out var broken))
        {
            fault = timeout.IsCancellationRequested
                ? new ProviderException(ProviderFailure.TimedOut, $"The speech-to-text provider read nothing within {limit.TotalSeconds:0.#} seconds.", e)
                : broken;
            outcome = AttemptOutcome.Failed;
            throw fault;
        }
        finally
        {
            await meter.EndAsync(outcome, fault);
        }
    }
}
