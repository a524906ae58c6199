using Aico.Abstractions.Plugins;
using Aico.Host.Api;
using Aico.Host.Api.Backend;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Remote;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Organizations.Remote;

/// <summary>The API of a host that keeps organizations, on a port of this machine.</summary>
internal sealed class RunningBackend : IAsyncDisposable
{
    public const string Key = "internal-key-of-the-test";

    private readonly ApiServer _server;
    private readonly ChangeFeed _feed;

    private RunningBackend(ApiServer server, ChangeFeed feed) => (_server, _feed) = (server, feed);

    public Uri Address => _server.Address;

    public static async Task<RunningBackend> StartAsync(IOrganizationSource source, int port = 0, string? key = Key)
    {
        var feed = new ChangeFeed(source);
        var secret = key is null ? null : new Secret(key);
        var server = await ApiServer.StartAsync(
            new ApiOptions { Port = port, Key = secret },
            routes => BackendEndpoints.Map(routes, source, feed, secret, TimeProvider.System),
            NullLoggerFactory.Instance,
            CancellationToken.None);
        return new RunningBackend(server, feed);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _feed.Dispose();
    }
}
