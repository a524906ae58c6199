using System.Net;
using System.Net.Sockets;
using Aico.Abstractions.Plugins;

namespace Aico.Plugins.Tests.Faults;

/// <summary>A column of the matrix: a provider as its plugin makes it, and a server that fails as it is told.</summary>
internal abstract class FaultSubject(string name, ProviderKind kind)
{
    public string Name { get; } = name;

    public ProviderKind Kind { get; } = kind;

    /// <summary>True for speech-to-text that hears all the time: what happens inside its session waits for the caller to speak.</summary>
    public virtual bool IsHearing => false;

    /// <summary>Why a fault cannot happen to it; null where it can.</summary>
    public abstract string? Excuse(Fault fault);

    /// <summary>Makes the provider against a server that suffers the fault.</summary>
    public async Task<FaultySubject> StartAsync(Fault fault, IProviderContext context)
    {
        if (fault.Kind is FaultKind.Refused or FaultKind.ConnectStall)
        {
            // Bound, so that nobody else gets the port; who only listens has the system take connections that nobody answers.
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            if (fault.Kind == FaultKind.ConnectStall)
            {
                socket.Listen(8);
            }

            return new FaultySubject(Create($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}", context), () =>
            {
                socket.Dispose();
                return ValueTask.CompletedTask;
            });
        }

        if (fault.Kind == FaultKind.UnknownHost)
        {
            return new FaultySubject(Create("http://nobody.invalid:8080", context), () => ValueTask.CompletedTask);
        }

        var (url, server) = await ServeAsync(fault);
        url = fault.Kind == FaultKind.Tls ? url.Replace("http://", "https://", StringComparison.Ordinal) : url;
        return new FaultySubject(Create(url, context), server.DisposeAsync);
    }

    protected abstract Task<(string Url, IAsyncDisposable Server)> ServeAsync(Fault fault);

    /// <param name="url">The server's root, without a slash at the end.</param>
    /// <param name="context">What the host lends.</param>
    protected abstract object Create(string url, IProviderContext context);
}
