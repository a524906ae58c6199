using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Abstractions.SpeechToText;
using Aico.Host.Providers.Fallback;

namespace Aico.Host.Calls.Listening;

/// <summary>Opens the sessions of a streaming transcriber, one after the other: decides with whom, and when to give up. Reports each failure.</summary>
internal sealed class TranscriberLinks(CallContext call, ChainUse<SpeechToTextProvider> providers, CancellationToken disposed)
{
    private const int MaximumFailuresInARow = 3;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    // Each provider of a longer chain has its chance.
    private readonly int _maximumFailures = Math.Max(MaximumFailuresInARow, providers.Chain.Entries.Count + 1);
    private ChainRun<SpeechToTextProvider> _run = providers.Begin();
    private int _failures;

    /// <summary>Watches the present session.</summary>
    public ProviderSilence Silence { get; } = new(call.Settings.Listening.SilentProviderAfter);

    /// <exception cref="ProviderException">Nobody could be reached.</exception>
    public async Task<TranscriberLink> OpenAsync(CancellationToken ct) => await NextAsync(ct) ?? throw _run.Fault!;

    /// <summary>True where a provider before the session's own is there again.</summary>
    public bool HasBetter(TranscriberLink link) => providers.HasBetter(link.Entry);

    /// <summary>The session has said something.</summary>
    public void Spoke(TranscriberLink? link)
    {
        _failures = 0;
        Silence.Ended();
        if (link is not null)
        {
            _run.Succeeded(link.Entry);
        }
    }

    /// <summary>Opens the session after one that has failed, or was left where there is no fault; null where nobody is left.</summary>
    public async Task<TranscriberLink?> ReopenAsync(TranscriberLink broken, ProviderException? fault)
    {
        await BlameAsync(broken, fault);
        while (true)
        {
            if (_failures > 0)
            {
                await Task.Delay(RetryPause * (_failures - 1), call.Clock.Time, disposed);
            }

            if (await NextAsync(disposed) is { } link)
            {
                return link;
            }

            if (_failures >= _maximumFailures || _run.Fault is not { IsTransient: true })
            {
                return null;
            }

            _run = providers.Begin();
        }
    }

    /// <summary>Decides whom the next session may be opened with.</summary>
    private async ValueTask BlameAsync(TranscriberLink broken, ProviderException? fault)
    {
        if (broken.HasSpoken || fault is null)
        {
            _run = providers.Begin();
        }

        if (fault is null)
        {
            return;
        }

        await call.ReportAsync(call.Failure(CallStage.SpeechToText, broken.Entry.Key, fault));
        if (!Silence.TakePassed())
        {
            _failures++;
            _run.Failed(broken.Entry, fault);
        }
        else
        {
            // It may have been noise: others need not hear of it, nobody is given up for it, but this caller may be better served elsewhere.
            _run = providers.Begin();
            if (providers.Chain.Entries.Count > 1)
            {
                _run.Leave(broken.Entry);
            }
        }
    }

    /// <summary>The next provider of the run that opens a session; null where none is left.</summary>
    private async Task<TranscriberLink?> NextAsync(CancellationToken ct)
    {
        ChainEntry<SpeechToTextProvider>? before = null;
        while (_failures < _maximumFailures && _run.Next() is { } entry)
        {
            var pause = before == entry && _run.Pause < RetryPause ? RetryPause : _run.Pause;
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, call.Clock.Time, ct);
            }

            before = entry;
            var meter = await AttemptMeter.BeginAsync(call, providers, CallStage.SpeechToText, entry, turn: null);
            try
            {
                return await OpenAsync(entry, meter, ct);
            }
            catch (ProviderException fault)
            {
                await meter.EndAsync(AttemptOutcome.Failed, fault);
                await call.ReportAsync(call.Failure(CallStage.SpeechToText, entry.Key, fault));
                _run.Failed(entry, fault);
                _failures++;
            }
            catch (OperationCanceledException)
            {
                await meter.EndAsync(AttemptOutcome.Cancelled);
                throw;
            }
        }

        return null;
    }

    private async Task<TranscriberLink> OpenAsync(ChainEntry<SpeechToTextProvider> entry, AttemptMeter meter, CancellationToken ct)
    {
        var listening = call.Settings.Listening;
        var time = _run.HasAnother && listening.OpenBudget < listening.OpenTimeout ? listening.OpenBudget : listening.OpenTimeout;
        using var limit = new CancellationTokenSource(time, call.Clock.Time);
        using var either = new ProviderCancellation(call, CallStage.SpeechToText, entry.Key, ct, limit.Token);
        try
        {
            var request = new SpeechToTextRequest(AudioFormat.Speech, call.Identity) { Language = call.Settings.Language };
            var session = await entry.Provider.Streaming.OpenAsync(request, either.Token);
            meter.Connected();
            Silence.AnswerWithin = entry.Provider.IsStreaming ? listening.SilentAnswerAfter : listening.ReadTimeout;
            return new TranscriberLink(call, entry, meter, session, disposed);
        }
        catch (Exception e) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new ProviderException(ProviderFailure.TimedOut, $"The speech-to-text provider did not open within {time.TotalSeconds:0.#} seconds.", e);
        }
        catch (Exception e) when (e is not ProviderException && ProviderFault.Is(e, ct, out var fault))
        {
            throw fault;
        }
    }
}
