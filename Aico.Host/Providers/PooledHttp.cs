using System.Net;

namespace Aico.Host.Providers;

/// <summary>The connections that all providers of the host share.</summary>
internal static class PooledHttp
{
    public static SocketsHttpHandler Create() => new()
    {
        // Vendors move behind their names: a connection outlives no DNS answer by more than this.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        // One call holds at most three streams of a vendor; this serves some hundred calls and still ends a leak.
        MaxConnectionsPerServer = 512,
        EnableMultipleHttp2Connections = true,
        // A half-open connection is noticed within 25 s, also when nothing is asked.
        KeepAlivePingDelay = TimeSpan.FromSeconds(15),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        AutomaticDecompression = DecompressionMethods.All,
        // Headers carry keys of organizations: they follow no redirect, and no cookie joins two organizations.
        AllowAutoRedirect = false,
        UseCookies = false,
    };
}
