using System.Runtime.InteropServices;

namespace Aico.Host.Cli.Serve;

/// <summary>
/// Ctrl-C and the supervisor's SIGTERM: the first asks for a clean end, the second for one at once, a third ends the process as if nobody
/// had handled it. SIGHUP, where there is one, asks to read the configuration again.
/// </summary>
internal sealed class ServeSignals : IDisposable
{
    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Action? _reload;

    public ServeSignals()
    {
        // On Windows .NET gives the name to the closing of the console.
        PosixSignal[] reloading = OperatingSystem.IsWindows() ? [] : [PosixSignal.SIGHUP];
        _registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, End)),
            .. reloading.Select(signal => PosixSignalRegistration.Create(signal, Reload)),
        ];
    }

    public CancellationToken Drain => _drain.Token;

    public CancellationToken Stop => _stop.Token;

    /// <summary>What SIGHUP does, on a thread of the pool; until it is set, while the host starts, it does nothing.</summary>
    public void OnReload(Action reload) => Volatile.Write(ref _reload, reload);

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _drain.Dispose();
        _stop.Dispose();
    }

    private void End(PosixSignalContext context)
    {
        context.Cancel = !_stop.IsCancellationRequested;
        if (_drain.IsCancellationRequested)
        {
            _stop.Cancel();
        }

        _drain.Cancel();
    }

    private void Reload(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_drain.IsCancellationRequested)
        {
            Volatile.Read(ref _reload)?.Invoke();
        }
    }
}
