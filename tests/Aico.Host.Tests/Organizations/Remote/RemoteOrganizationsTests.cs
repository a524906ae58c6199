using System.Net;
using System.Threading.Channels;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Remote;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;
using Aico.Host.Tests.Organizations.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Organizations.Remote;

/// <summary>A host for agents and the host that keeps its organizations, with real HTTP between them.</summary>
public class RemoteOrganizationsTests
{
    // Generous: the bound is for what never comes, not for what comes late.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private ScriptedOrganizations _kept = null!;
    private RunningBackend _backend = null!;
    private RemoteOrganizations _remote = null!;
    private OrganizationCache _cache = null!;
    private SocketsHttpHandler _http = null!;
    private Channel<string?> _changes = null!;

    [SetUp]
    public async Task SetUp()
    {
        _kept = new ScriptedOrganizations();
        _kept.Set("acme", "One", "canary-secret");
        _backend = await RunningBackend.StartAsync(_kept);
        _http = PooledHttp.Create();
        _changes = Channel.CreateBounded<string?>(100);
        (_remote, _cache) = Start(RunningBackend.Key);
        // The feed begins with saying that anything may have changed.
        (await ChangedAsync()).Should().BeNull();
    }

    [TearDown]
    public async Task TearDown()
    {
        _cache.Dispose();
        await _remote.DisposeAsync();
        await _backend.DisposeAsync();
        _http.Dispose();
    }

    [Test]
    public async Task Fetches_an_organization_whole()
    {
        var document = await _remote.FindAsync("acme", default);

        var kept = await _kept.FindAsync("acme", default);
        document.Should().BeEquivalentTo(kept, options => options
            .Excluding(organization => organization!.Origin).Excluding(organization => organization!.Secrets)
            .Excluding(organization => organization!.Agents).Excluding(organization => organization!.Providers));
        document!.Origin.Should().Be(ConfigurationOrigin.Backend);
        document.Provider("hearing")!.Config.ToJsonString().Should().Be("""{"model":"nova-3"}""");
        document.Provider("hearing")!.Priority.Should().Be(150);
        document.Secrets.Should().ContainSingle().Which.Value!.Reveal().Should().Be("canary-secret");
        document.Agents["default"].ToJsonString().Should().Be("""{"greeting":"One"}""");
        (await _remote.FindAsync("nobody", default)).Should().BeNull();
        (await _remote.ListAsync(null, 10, default)).Select(organization => organization.Id).Should().Equal("acme");
    }

    [Test]
    public async Task Passes_on_what_is_wrong_with_a_secret()
    {
        _kept.Set("acme", "One");

        (await _remote.FindAsync("acme", default))!.Secrets.Should().ContainSingle().Which.Problem.Should().Be("It cannot be read.");
    }

    [Test]
    public async Task Sees_a_change_on_the_backend_at_the_next_resolve()
    {
        (await GreetingAsync()).Should().Be("One");

        _kept.Set("acme", "Two", "canary-secret");

        (await ChangedAsync()).Should().Be("acme");
        (await GreetingAsync()).Should().Be("Two");
    }

    [Test]
    public async Task Goes_on_with_what_it_knows_while_the_backend_is_down_and_catches_up_when_it_is_back()
    {
        var port = _backend.Address.Port;
        (await GreetingAsync()).Should().Be("One");
        await _backend.DisposeAsync();
        _kept.Set("acme", "Two", "canary-secret");

        await FluentActions.Awaiting(async () => await _remote.FindAsync("acme", default)).Should().ThrowAsync<OrganizationSourceException>();
        (await GreetingAsync()).Should().Be("One");

        _backend = await RunningBackend.StartAsync(_kept, port);
        (await ChangedAsync()).Should().BeNull("another process does not know what was missed");
        (await GreetingAsync()).Should().Be("Two");
    }

    [Test]
    public async Task Asks_for_the_internal_key_and_for_no_other()
    {
        foreach (var given in new[] { null, "wrong", "internal-key-of-the-tes" })
        {
            foreach (var path in new[] { "/api/internal/organizations/acme", "/api/internal/organizations", "/api/internal/changes" })
            {
                using var client = new HttpMessageInvoker(_http, disposeHandler: false);
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_backend.Address, path));
                if (given is not null)
                {
                    request.Headers.Authorization = new("Bearer", given);
                }

                using var response = await client.SendAsync(request, default);

                response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
                (await response.Content.ReadAsStringAsync()).Should().NotContain("canary");
            }
        }
    }

    [Test]
    public async Task Says_that_its_key_is_not_the_backend_s()
    {
        var (remote, cache) = Start("another-key");
        await using var owned = remote;
        using var kept = cache;

        var refused = await FluentActions.Awaiting(async () => await remote.FindAsync("acme", default)).Should().ThrowAsync<OrganizationSourceException>();

        refused.Which.Message.Should().Contain("AICO_INTERNAL_API_KEY").And.NotContain("another-key");
    }

    [Test]
    public async Task Tells_a_backend_that_cannot_read_its_store_from_an_organization_that_is_not_there()
    {
        (await GreetingAsync()).Should().Be("One");
        _kept.IsAway = true;

        await FluentActions.Awaiting(async () => await _remote.FindAsync("acme", default)).Should().ThrowAsync<OrganizationSourceException>();
    }

    [Test]
    public async Task Tells_no_host_anything_where_there_is_no_internal_key()
    {
        await using var open = await RunningBackend.StartAsync(_kept, key: null);
        using var client = new HttpMessageInvoker(_http, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(open.Address, "/api/internal/organizations/acme"));

        using var response = await client.SendAsync(request, default);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [TestCase("http://10.0.0.5:5005", true)]
    [TestCase("http://aico.example.com", true)]
    [TestCase("https://aico.example.com", false)]
    [TestCase("http://127.0.0.1:5005", false)]
    [TestCase("http://[::1]:5005", false)]
    [TestCase("http://localhost:5005", false)]
    public void Warns_of_a_backend_that_is_reached_in_clear(string url, bool warns)
    {
        (BackendAddress.WarningFor(new Uri(url)) is not null).Should().Be(warns);
    }

    private (RemoteOrganizations Remote, OrganizationCache Cache) Start(string key)
    {
        var remote = new RemoteOrganizations(_backend.Address, new Secret(key), _http, TimeProvider.System, NullLogger.Instance);
        var cache = Cache(remote, TimeSpan.FromHours(1));
        // After the cache, so that it has heard when the test hears.
        remote.Changed += id => _changes.Writer.TryWrite(id);
        remote.Start();
        return (remote, cache);
    }

    private static OrganizationCache Cache(IOrganizationSource source, TimeSpan maximumAge) => new(
        source,
        new OrganizationResolver(EnvironmentProviders.None, usesEnvironment: false),
        SampleCatalog.Make(),
        new OrganizationCacheOptions { MaximumAge = maximumAge },
        TimeProvider.System,
        NullLogger.Instance);

    private async Task<string?> GreetingAsync() => (await _cache.FindAsync("acme", "default", default))!.Agent.Greeting;

    private async Task<string?> ChangedAsync()
    {
        using var bound = new CancellationTokenSource(Bound, TimeProvider.System);
        return await _changes.Reader.ReadAsync(bound.Token);
    }
}
