using System.Diagnostics.CodeAnalysis;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Providers.Fallback;

/// <summary>
/// What all calls of the host know of their providers' outages: one call pays for an outage and the others skip it. When a cool-down
/// is over the next call that asks starts a probe and goes on without the provider; it is used again once the probe was answered.
/// Where a provider has no probe one call at a time tries it with a request of its own. Safe from any thread.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle; probes that end late still look at it.")]
internal sealed partial class ProviderHealth(TimeProvider time, ILogger<ProviderHealth> logger) : IAsyncDisposable
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(10);

    // A call that tries a provider and is never heard of again must not keep it from the others.
    private static readonly TimeSpan LongestTrial = TimeSpan.FromSeconds(30);

    // Organizations choose addresses freely; what nobody asks for any more must not pile up.
    private const int MaximumOutages = 4096;
    private static readonly OutageScope[] Scopes = [OutageScope.Endpoint, OutageScope.Credential, OutageScope.Model];

    private readonly Lock _lock = new();
    private readonly Dictionary<OutageKey, Outage> _outages = [];
    private readonly HashSet<Task> _probes = [];
    private readonly CancellationTokenSource _stopped = new();
    private volatile int _count;

    public LatencyMemory Latencies { get; } = new();

    /// <summary>Told of each probe when it has ended.</summary>
    public Action<ProbeResult>? Probed { get; set; }

    /// <summary>The outages there are, the oldest first.</summary>
    public IReadOnlyList<OutageView> Outages
    {
        get
        {
            lock (_lock)
            {
                return [.. _outages.Values.OrderBy(outage => outage.Since).Select(View)];
            }
        }
    }

    /// <summary>Looks whether a request may be tried there; claims nothing.</summary>
    public bool IsThere(HealthSubject subject)
    {
        if (_count == 0)
        {
            return true;
        }

        lock (_lock)
        {
            return Array.TrueForAll(Scopes, scope => !_outages.TryGetValue(OutageKey.Of(scope, subject), out var outage) || outage.Phase == OutagePhase.Recovering);
        }
    }

    /// <summary>
    /// Returns whether a request may be tried there now. Where an outage is due to be looked at a probe is started; where there is no
    /// probe the asker is the one that tries, and tells <see cref="Succeeded"/> or <see cref="Failed"/> how it went.
    /// </summary>
    /// <param name="subject">What is to be used.</param>
    /// <param name="claims">False where no request follows at once: a provider without a probe is then not claimed.</param>
    public bool TryUse(HealthSubject subject, bool claims = true)
    {
        if (_count == 0)
        {
            return true;
        }

        Outage? due = null;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            foreach (var scope in Scopes)
            {
                if (!_outages.TryGetValue(OutageKey.Of(scope, subject), out var outage) || outage.Phase == OutagePhase.Recovering)
                {
                    continue;
                }

                if (outage.Phase == OutagePhase.Probing || now < outage.Until || due is not null)
                {
                    return false;
                }

                due = outage;
            }

            if (due is null || (subject.Probe is null && !claims))
            {
                return true;
            }

            due.Phase = subject.Probe is null ? OutagePhase.OnTrial : OutagePhase.Probing;
            due.Until = After(LongestTrial);
        }

        if (subject.Probe is null)
        {
            return true;
        }

        Start(subject, subject.Probe, due);
        return false;
    }

    public void Succeeded(HealthSubject subject)
    {
        if (_count == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var scope in Scopes)
            {
                if (_outages.Remove(OutageKey.Of(scope, subject), out var outage))
                {
                    LogOver(subject.Provider, subject.Endpoint, time.GetUtcNow() - outage.Since);
                }
            }

            _count = _outages.Count;
        }
    }

    public void Failed(HealthSubject subject, ProviderException fault)
    {
        if (CoolDown.ScopeOf(fault.Failure) is not { } scope)
        {
            return;
        }

        lock (_lock)
        {
            var key = OutageKey.Of(scope, subject);
            if (!_outages.TryGetValue(key, out var outage))
            {
                MakeRoom();
                outage = new Outage { Key = key, Fault = fault, Since = time.GetUtcNow() };
                _outages.Add(key, outage);
                _count = _outages.Count;
                LogOut(subject.Provider, subject.Endpoint, fault.Failure, fault.Message);
            }
            else if (outage.Phase is OutagePhase.OnTrial or OutagePhase.Recovering)
            {
                outage.Step++;
            }
            else
            {
                // Requests that were under way when it began, and last resorts, tell nothing new.
                return;
            }

            Cool(outage, fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stopped.Cancel();
        Task[] probes;
        lock (_lock)
        {
            probes = [.. _probes];
        }

        await Task.WhenAll(probes);
    }

    private void Start(HealthSubject subject, IProviderProbe probe, Outage outage)
    {
        var task = ProbeAsync(subject, probe, outage);
        lock (_lock)
        {
            _probes.RemoveWhere(done => done.IsCompleted);
            _probes.Add(task);
        }
    }

    private async Task ProbeAsync(HealthSubject subject, IProviderProbe probe, Outage outage)
    {
        var began = time.GetTimestamp();
        ProviderException? fault = null;
        using var limit = new CancellationTokenSource(ProbeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopped.Token);
        try
        {
            await probe.ProbeAsync(either.Token);
        }
        catch (ProviderException e)
        {
            fault = e;
        }
        catch (Exception e) when (!_stopped.IsCancellationRequested)
        {
            // Also a provider that was disposed with its configuration: whoever has the next one asks again.
            fault = new ProviderException(
                limit.IsCancellationRequested ? ProviderFailure.TimedOut : ProviderFailure.Unavailable, $"The probe failed: {e.Message}", e);
        }
        catch (Exception)
        {
            return;
        }

        lock (_lock)
        {
            if (fault is null)
            {
                outage.Phase = OutagePhase.Recovering;
            }
            else
            {
                outage.Step++;
                Cool(outage, fault);
            }
        }

        LogProbed(subject.Provider, subject.Endpoint, fault?.Message ?? "it is there again");
        Probed?.Invoke(new ProbeResult(subject, time.GetElapsedTime(began), fault));
    }

    private void Cool(Outage outage, ProviderException fault)
    {
        outage.Fault = fault;
        outage.Phase = OutagePhase.Cooling;
        outage.Until = After(CoolDown.For(fault, outage.Step));
    }

    private void MakeRoom()
    {
        if (_outages.Count >= MaximumOutages && _outages.Values.MinBy(outage => outage.Until) is { } oldest)
        {
            _outages.Remove(oldest.Key);
        }
    }

    private long After(TimeSpan wait) => time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);

    private OutageView View(Outage outage)
    {
        var left = time.GetElapsedTime(time.GetTimestamp(), outage.Until);
        return new OutageView(
            outage.Key.Provider, outage.Key.Endpoint, outage.Key.Model is { Length: > 0 } model ? model : null, outage.Key.Scope, outage.Phase, outage.Since,
            outage.Fault.Failure, outage.Fault.Message, left > TimeSpan.Zero && outage.Phase == OutagePhase.Cooling ? left : TimeSpan.Zero);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} at {Endpoint} is out ({Failure}): {Reason}")]
    private partial void LogOut(string provider, string endpoint, ProviderFailure failure, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Provider} at {Endpoint} serves again after {Outage}")]
    private partial void LogOver(string provider, string endpoint, TimeSpan outage);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Provider} at {Endpoint} was probed: {Outcome}")]
    private partial void LogProbed(string provider, string endpoint, string outcome);
}
