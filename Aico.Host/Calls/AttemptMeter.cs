using Aico.Abstractions;
using Aico.Host.Providers.Fallback;

namespace Aico.Host.Calls;

/// <summary>Measures one attempt at a provider and reports it once, when it has ended. Safe from any thread; adding allocates nothing.</summary>
internal sealed class AttemptMeter(CallContext call, CallStage stage, HealthSubject subject, int position, int? turn)
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _started = call.Now;
    private TimeSpan? _connected;
    private TimeSpan? _firstResult;
    private TimeSpan _audio;
    private long _characters;
    private (long Input, long Cached, long Output) _tokens;
    private bool _isEstimated;
    private bool _isOver;

    /// <summary>Begins to measure now, and tells where the work goes to another provider than before.</summary>
    /// <param name="call">Whose.</param>
    /// <param name="use">Of which chain.</param>
    /// <param name="stage">Which kind.</param>
    /// <param name="entry">Whom.</param>
    /// <param name="turn">What for; null for the whole call.</param>
    public static async ValueTask<AttemptMeter> BeginAsync<T>(CallContext call, ChainUse<T> use, CallStage stage, ChainEntry<T> entry, int? turn)
        where T : class
    {
        var meter = new AttemptMeter(call, stage, entry.Subject, entry.Position, turn);
        if (use.Takes(entry) is { } before)
        {
            await call.ReportAsync(new ProviderChanged(call.Now, stage, before, entry.Key));
        }

        return meter;
    }

    public void Connected()
    {
        lock (_lock)
        {
            _connected ??= call.Now - _started;
        }
    }

    /// <summary>How long the first result took; null where there is none.</summary>
    public TimeSpan? FirstResult
    {
        get
        {
            lock (_lock)
            {
                return _firstResult;
            }
        }
    }

    public bool HadResult
    {
        get
        {
            lock (_lock)
            {
                return _firstResult is not null;
            }
        }
    }

    /// <summary>Returns true for the first result.</summary>
    public bool HasResult()
    {
        lock (_lock)
        {
            var isFirst = _firstResult is null;
            _firstResult ??= call.Now - _started;
            return isFirst;
        }
    }

    public void AddAudio(TimeSpan audio)
    {
        lock (_lock)
        {
            _audio += audio;
        }
    }

    public void AddCharacters(int count)
    {
        lock (_lock)
        {
            _characters += count;
        }
    }

    public void AddTokens(long input, long cached, long output)
    {
        lock (_lock)
        {
            _tokens = (_tokens.Input + input, _tokens.Cached + cached, _tokens.Output + output);
        }
    }

    /// <summary>For a provider that has not counted, or was cut before it did: about four characters are a token.</summary>
    public void EstimateTokens(long inputCharacters, long outputCharacters)
    {
        lock (_lock)
        {
            if (_tokens is { Input: 0, Output: 0 })
            {
                _tokens = (inputCharacters / 4, 0, outputCharacters / 4);
                _isEstimated = true;
            }
        }
    }

    /// <summary>Reports the attempt; only the first end counts.</summary>
    public ValueTask EndAsync(AttemptOutcome outcome, ProviderException? fault = null)
    {
        ProviderAttempt attempt;
        lock (_lock)
        {
            if (_isOver)
            {
                return ValueTask.CompletedTask;
            }

            _isOver = true;
            attempt = new ProviderAttempt
            {
                Turn = turn,
                Stage = stage,
                Provider = subject.Provider,
                Model = subject.Model,
                Endpoint = subject.Endpoint,
                Position = position,
                Started = _started,
                Duration = call.Now - _started,
                ConnectLatency = _connected,
                FirstResultLatency = _firstResult,
                Outcome = outcome,
                Failure = fault?.Failure,
                Audio = _audio,
                Characters = _characters,
                InputTokens = _tokens.Input,
                CachedInputTokens = _tokens.Cached,
                OutputTokens = _tokens.Output,
                IsEstimated = _isEstimated,
            };
        }

        return call.ReportAsync(new ProviderAttempted(call.Now, attempt));
    }
}
