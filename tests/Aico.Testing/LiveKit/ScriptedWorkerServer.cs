using Aico.Host.LiveKit.Worker;

namespace Aico.Testing.LiveKit;

/// <summary>A LiveKit server that takes workers as a test says.</summary>
internal sealed class ScriptedWorkerServer(TimeProvider time) : IWorkerDialer
{
    private readonly List<(TimeSpan At, Uri Url, string Token)> _attempts = [];
    private readonly List<ScriptedWorkerSocket> _sockets = [];

    /// <summary>Each attempt to connect: when, where to, with which token.</summary>
    public IReadOnlyList<(TimeSpan At, Uri Url, string Token)> Attempts => _attempts;

    public IReadOnlyList<ScriptedWorkerSocket> Sockets => _sockets;

    /// <summary>The latest connection.</summary>
    public ScriptedWorkerSocket Socket => _sockets[^1];

    /// <summary>Set: connecting fails so.</summary>
    public WorkerConnectionException? Refusal { get; set; }

    /// <summary>True: connecting waits until the worker gives up.</summary>
    public bool IsUnreachable { get; set; }

    /// <summary>False: a registration gets no answer.</summary>
    public bool IsRegistering { get; set; } = true;

    public async Task<IWorkerSocket> ConnectAsync(Uri url, string token, CancellationToken ct)
    {
        _attempts.Add((time.GetElapsedTime(0), url, token));
        if (IsUnreachable)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        }

        if (Refusal is not null)
        {
            throw Refusal;
        }

        _sockets.Add(new ScriptedWorkerSocket(IsRegistering));
        return Socket;
    }
}
