using Aico.Host.Hosts;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve.CallHosts;

/// <summary>
/// Keeps call hosts running. <see cref="RunAsync"/> starts them and returns when all have ended: after the token that drains, or where they
/// cannot be started at all. One that dies is started again, by its <see cref="CallHostSlot"/>.
/// </summary>
internal sealed class CallHostSupervisor(CallHostPolicy policy, ICallHostLauncher launcher, HostRegistry registry, TimeProvider time, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly List<ICallHostProcess> _live = [];
    private bool _isStopping;

    /// <summary>Processes that run, those that drain among them.</summary>
    public int Live
    {
        get
        {
            lock (_lock)
            {
                return _live.Count;
            }
        }
    }

    /// <param name="drain">No more calls; running ones go on to the limit of the policy.</param>
    /// <param name="stop">Ends them at once.</param>
    /// <returns>The exit code for the host: that of the call hosts where none of them could be started, else 0.</returns>
    public async Task<int> RunAsync(CancellationToken drain, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(drain, stop);
        var slots = Enumerable.Range(1, policy.Count).Select(number => new CallHostSlot(number, policy, Start, registry, time, logger)).ToList();
        var keeping = slots.Select(slot => slot.KeepAsync(end.Token)).ToList();
        var first = await Task.WhenAny(keeping);
        // A slot ends by the token alone, or because it is of no use to go on.
        end.Cancel();
        var codes = await Task.WhenAll(keeping);
        await EndAsync(atOnce: await first != ExitCode.Ok, stop);
        return codes.FirstOrDefault(code => code != ExitCode.Ok);
    }

    // Null: everything is about to end.
    private ICallHostProcess? Start(int number)
    {
        lock (_lock)
        {
            if (_isStopping)
            {
                return null;
            }

            var process = launcher.Start(number);
            _live.Add(process);
            _ = ForgetAsync(number, process);
            return process;
        }
    }

    private async Task ForgetAsync(int number, ICallHostProcess process)
    {
        await process.Exited;
        registry.HasEnded(number, process.Id);
        lock (_lock)
        {
            _live.Remove(process);
        }
    }

    private async Task EndAsync(bool atOnce, CancellationToken stop)
    {
        List<ICallHostProcess> live;
        lock (_lock)
        {
            _isStopping = true;
            live = [.. _live];
        }

        if (atOnce || stop.IsCancellationRequested || !await HaveEndedAsync(live, process => process.Drain(), policy.DrainTimeout + policy.EndMargin, stop))
        {
            if (!await HaveEndedAsync(live, process => process.Stop(), policy.StopTimeout, CancellationToken.None))
            {
                CallHostLog.Killed(logger, live.Count(process => !process.Exited.IsCompleted));
                live.ForEach(process => process.Kill());
                await Task.WhenAll(live.Select(process => process.Exited));
            }
        }
    }

    private async Task<bool> HaveEndedAsync(List<ICallHostProcess> live, Action<ICallHostProcess> order, TimeSpan patience, CancellationToken ct)
    {
        live.ForEach(order);
        try
        {
            await Task.WhenAll(live.Select(process => process.Exited)).WaitAsync(patience, time, ct);
            return true;
        }
        catch (Exception e) when (e is TimeoutException || (e is OperationCanceledException && ct.IsCancellationRequested))
        {
            return false;
        }
    }
}
