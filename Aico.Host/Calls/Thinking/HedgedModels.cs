using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.AI;

namespace Aico.Host.Calls.Thinking;

/// <summary>
/// Asks a second language model beside one that is slower than it used to be, and takes whichever begins to answer first: a slow answer
/// costs a request instead of the caller's patience. The other one is cancelled.
/// </summary>
/// <param name="call">Whose.</param>
/// <param name="run">Knows who else could be asked.</param>
/// <param name="start">Begins an attempt.</param>
internal sealed class HedgedModels(CallContext call, ChainRun<IChatClient> run, Func<ChainEntry<IChatClient>, AttemptMeter, CancellationToken, ModelAttempt> start)
{
    /// <param name="first">It was just begun, and nothing of it was read.</param>
    /// <param name="turn">What for.</param>
    /// <param name="outcome">Says what became of an attempt that nobody needs.</param>
    /// <param name="ct">Gives all up.</param>
    /// <returns>The one to read on with; the other is disposed.</returns>
    public async Task<ModelAttempt> RaceAsync(ModelAttempt first, int? turn, Func<AttemptOutcome> outcome, CancellationToken ct)
    {
        if (run.SlowAfter(first.Entry) is not { } patience)
        {
            return first;
        }

        var reading = first.ReadAheadAsync();
        ModelAttempt? second = null;
        var reading2 = Task.CompletedTask;
        try
        {
            if (await IsQuickAsync(reading, patience, ct) || run.Beside() is not { } beside)
            {
                await reading;
                return first;
            }

            second = start(beside, new AttemptMeter(call, CallStage.LanguageModel, beside.Subject, beside.Position, turn), ct);
            reading2 = second.ReadAheadAsync();
            await Task.WhenAny(reading, reading2);
            // One that has failed, or ended without a word, wins nothing: the other may still answer.
            if (!first.HadContent && !second.HadContent)
            {
                await Task.WhenAll(reading, reading2);
            }

            ct.ThrowIfCancellationRequested();
        }
        catch
        {
            await AbandonAsync(first, reading, outcome());
            if (second is not null)
            {
                await AbandonAsync(second, reading2, outcome());
            }

            throw;
        }

        if (first.HadContent || !second.HadContent)
        {
            await LoseAsync(second, reading2, outcome());
            return first;
        }

        await LoseAsync(first, reading, outcome());
        run.Leave(second.Entry);
        if (call.LanguageModel.Takes(second.Entry) is { } before)
        {
            await call.ReportAsync(new ProviderChanged(call.Now, CallStage.LanguageModel, before, second.Entry.Key));
        }

        return second;
    }

    private async Task<bool> IsQuickAsync(Task reading, TimeSpan patience, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(reading, Task.Delay(patience, call.Clock.Time, over.Token));
        over.Cancel();
        ct.ThrowIfCancellationRequested();
        return reading.IsCompleted;
    }

    private async ValueTask LoseAsync(ModelAttempt loser, Task reading, AttemptOutcome outcome)
    {
        if (await loser.GiveUpAsync(reading, outcome) is { } fault)
        {
            await call.ReportAsync(call.Failure(CallStage.LanguageModel, loser.Entry.Key, fault));
            run.Failed(loser.Entry, fault);
        }
    }

    private static async ValueTask AbandonAsync(ModelAttempt attempt, Task reading, AttemptOutcome outcome) => await attempt.GiveUpAsync(reading, outcome);
}
