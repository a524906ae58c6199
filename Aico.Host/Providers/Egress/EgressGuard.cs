using System.Net;
using System.Net.Sockets;
using Aico.Abstractions;

namespace Aico.Host.Providers.Egress;

/// <summary>
/// Connections of providers that organizations have set. What a name leads to is looked at when a connection is made, and it is made to
/// an address that was looked at, so that a name that leads elsewhere the next time gains nothing.
/// </summary>
internal sealed class EgressGuard : DelegatingHandler
{
    private readonly EgressPolicy _policy;

    private EgressGuard(EgressPolicy policy, SocketsHttpHandler connections)
        : base(connections) => _policy = policy;

    /// <param name="policy">What may be reached.</param>
    /// <param name="resolve">What a name leads to; null: as the system says.</param>
    public static EgressGuard Create(EgressPolicy policy, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var connections = PooledHttp.Create();
        var lookUp = resolve ?? Dns.GetHostAddressesAsync;
        connections.ConnectCallback = (context, ct) => ConnectAsync(policy, lookUp, context.DnsEndPoint, ct);
        // Behind a proxy the other end would be the proxy's choice, and nobody could look at it.
        connections.UseProxy = policy.IsUnrestricted;
        return new EgressGuard(policy, connections);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e) when (e.InnerException is EgressDeniedException denied)
        {
            // Final: trying again changes nothing, so it must not read as a server that is away.
            throw new ProviderException(ProviderFailure.InvalidRequest, denied.Message, denied);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(
        EgressPolicy policy, Func<string, CancellationToken, Task<IPAddress[]>> resolve, DnsEndPoint end, CancellationToken ct)
    {
        var host = end.Host.Trim('[', ']');
        if (policy.RefusalUnresolved(host, end.Port) is { } refusal)
        {
            throw new EgressDeniedException(refusal);
        }

        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, ct);
        var refusals = addresses.Select(address => policy.Refusal(host, end.Port, address)).ToList();
        var allowed = addresses.Where((_, i) => refusals[i] is null).ToArray();
        if (allowed.Length == 0)
        {
            throw refusals is [{ } first, ..] ? new EgressDeniedException(first) : new SocketException((int)SocketError.HostNotFound);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, end.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
