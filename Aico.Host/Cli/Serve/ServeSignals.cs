using System.Runtime.InteropServices;

namespace Aico.Host.Cli.Serve;

/// <summary>Ctrl-C and the supervisor's SIGTERM: the first asks for a clean end, the second for one at once.</summary>
internal sealed class ServeSignals : IDisposable
{
    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public ServeSignals() =>
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, On))];

    public CancellationToken Drain => _drain.Token;

    public CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _drain.Dispose();
        _stop.Dispose();
    }

    private void On(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_drain.IsCancellationRequested)
        {
            _stop.Cancel();
        }

        _drain.Cancel();
    }
}
