using Aico.Host.Hosts;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve.CallHosts;

/// <summary>
/// One place for a call host. It starts the process and, when that dies, the next one: at once, unless several in a row died quickly. It
/// replaces one that has had its calls or holds too much memory: the replacement first, then the old one drains. The supervisor runs it.
/// </summary>
/// <param name="number">Of the place, from 1 on.</param>
/// <param name="policy">When to replace and how long to wait.</param>
/// <param name="start">Starts a process; null: everything is about to end.</param>
/// <param name="registry">Hears from the processes.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of every start and end.</param>
internal sealed class CallHostSlot(
    int number, CallHostPolicy policy, Func<int, ICallHostProcess?> start, HostRegistry registry, TimeProvider time, ILogger logger)
{
    private long _began;
    private int _quickDeaths;
    private bool _everServed;
    private bool _saidTooSmall;
    private long? _failedReplacement;

    // The one that was replaced and still has calls; there is one at most, so that a place never has more than two processes.
    private Task _retired = Task.CompletedTask;

    /// <summary>Until the token ends it; 0 then. Otherwise the exit code of a process that says that no other one would do better.</summary>
    public async Task<int> KeepAsync(CancellationToken ct)
    {
        try
        {
            var current = Begin();
            while (current is not null)
            {
                var reason = await WatchAsync(current, ct);
                if (reason is not null)
                {
                    current = await ReplaceAsync(current, reason, ct);
                    continue;
                }

                var code = await current.Exited;
                var lived = time.GetElapsedTime(_began);
                CallHostLog.Ended(logger, number, current.Id, code, lived);
                if (!_everServed && code is ExitCode.Failed or ExitCode.BadUsage)
                {
                    return code;
                }

                registry.CountRestart(number);
                await PauseAsync(lived, ct);
                current = Begin();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The supervisor ends the processes.
        }

        return ExitCode.Ok;
    }

    private ICallHostProcess? Begin()
    {
        _began = time.GetTimestamp();
        var process = start(number);
        if (process is not null)
        {
            CallHostLog.Started(logger, number, process.Id);
        }

        return process;
    }

    // Why it should be replaced; null where it has ended.
    private async Task<string?> WatchAsync(ICallHostProcess process, CancellationToken ct)
    {
        while (!await HasEndedAsync(process, policy.Interval, ct))
        {
            var status = registry.FindCallHost(number, process.Id);
            _everServed |= status is not null;
            if (status is not null && _retired.IsCompleted && !IsPausing() && Reason(status) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private string? Reason(HostStatus status)
    {
        if (status.Phase == HostPhase.Draining)
        {
            return "it was told to end";
        }

        if (policy.MaximumCalls is { } calls && status.CallsServed >= calls)
        {
            return $"it has had {status.CallsServed} calls";
        }

        if (policy.MaximumBytes is not { } bytes || status.ResidentBytes <= bytes)
        {
            return null;
        }

        var (held, allowed) = (status.ResidentBytes >> 20, bytes >> 20);
        // Before its first call another one would hold no less.
        if (status.CallsServed > 0)
        {
            return $"it holds {held} MB, and {allowed} MB are allowed";
        }

        if (!_saidTooSmall)
        {
            CallHostLog.LimitTooSmall(logger, number, held, allowed);
        }

        _saidTooSmall = true;
        return null;
    }

    private bool IsPausing() => _failedReplacement is { } since && time.GetElapsedTime(since) < policy.ReplacementPause;

    // The one that serves now.
    private async Task<ICallHostProcess?> ReplaceAsync(ICallHostProcess old, string reason, CancellationToken ct)
    {
        CallHostLog.Replacing(logger, number, old.Id, reason);
        var began = _began;
        if (Begin() is not { } next)
        {
            return null;
        }

        if (!await BecomesReadyAsync(next, ct))
        {
            CallHostLog.NotReplaced(logger, number, next.Id);
            next.Kill();
            (_began, _failedReplacement) = (began, time.GetTimestamp());
            return old;
        }

        (_failedReplacement, _quickDeaths) = (null, 0);
        old.Drain();
        _retired = RetireAsync(old);
        return next;
    }

    private async Task RetireAsync(ICallHostProcess old)
    {
        if (!await HasEndedAsync(old, policy.DrainTimeout + policy.EndMargin, CancellationToken.None))
        {
            old.Kill();
        }

        CallHostLog.Retired(logger, number, old.Id, await old.Exited);
    }

    private async Task<bool> BecomesReadyAsync(ICallHostProcess process, CancellationToken ct)
    {
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < policy.ReadyTimeout && !await HasEndedAsync(process, policy.Interval, ct))
        {
            if (registry.FindCallHost(number, process.Id) is { Phase: HostPhase.Serving })
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> HasEndedAsync(ICallHostProcess process, TimeSpan patience, CancellationToken ct)
    {
        try
        {
            await process.Exited.WaitAsync(patience, time, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task PauseAsync(TimeSpan lived, CancellationToken ct)
    {
        _quickDeaths = lived < policy.QuickDeath ? _quickDeaths + 1 : 0;
        if (_quickDeaths <= policy.FreeDeaths)
        {
            return;
        }

        var doublings = Math.Min(_quickDeaths - policy.FreeDeaths - 1, 10);
        var pause = TimeSpan.FromTicks(Math.Min(policy.ShortestPause.Ticks << doublings, policy.LongestPause.Ticks));
        CallHostLog.Pausing(logger, number, _quickDeaths, pause);
        await Task.Delay(pause, time, ct);
    }
}
