using Aico.Abstractions.Plugins;
using Aico.Host.Api;
using Aico.Host.Api.Backend;
using Aico.Host.Calls.Rooms;
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
            new ApiServices
            {
                // These endpoints ask for no agent.
                Agents = null!,
                Calls = new RoomCallRegistry(TimeProvider.System),
                Problems = () => [],
                IsBroken = () => false,
                Loggers = NullLoggerFactory.Instance,
            },
            routes => BackendEndpoints.Map(routes, new ApiBackend(source, feed, secret), TimeProvider.System),
            CancellationToken.None);
        return new RunningBackend(server, feed);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _feed.Dispose();
    }
}
