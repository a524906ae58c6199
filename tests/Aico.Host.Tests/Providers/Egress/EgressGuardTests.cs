using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Aico.Abstractions;
using Aico.Host.Providers.Egress;

namespace Aico.Host.Tests.Providers.Egress;

public class EgressGuardTests
{
    private TcpListener _server = null!;

    private int Port => ((IPEndPoint)_server.LocalEndpoint).Port;

    [SetUp]
    public void SetUp()
    {
        _server = new TcpListener(IPAddress.Loopback, 0);
        _server.Start();
    }

    [TearDown]
    public void TearDown() => _server.Dispose();

    [Test]
    public async Task Makes_no_connection_where_a_name_leads_inside()
    {
        using var http = Guarded(null, ("vendor.example", IPAddress.Loopback));

        var refused = await FluentActions.Awaiting(() => GetAsync(http, $"http://vendor.example:{Port}/")).Should().ThrowAsync<ProviderException>();

        refused.Which.Failure.Should().Be(ProviderFailure.InvalidRequest);
        refused.Which.Message.Should().Contain("AICO_EGRESS_ALLOW").And.Contain("vendor.example");
        _server.Pending().Should().BeFalse();
    }

    [TestCase("127.0.0.1")]
    [TestCase("2130706433")]
    [TestCase("0x7f.1")]
    [TestCase("[::ffff:127.0.0.1]")]
    [TestCase("localhost")]
    public async Task Makes_no_connection_to_an_address_that_is_written_out(string host)
    {
        using var http = Guarded(null);

        await FluentActions.Awaiting(() => GetAsync(http, $"http://{host}:{Port}/")).Should().ThrowAsync<ProviderException>();

        _server.Pending().Should().BeFalse();
    }

    [Test]
    public async Task Makes_no_connection_of_a_websocket_either()
    {
        using var http = Guarded(null, ("vendor.example", IPAddress.Loopback));
        using var socket = new ClientWebSocket();

        var refused = await FluentActions.Awaiting(() => socket.ConnectAsync(new Uri($"ws://vendor.example:{Port}/"), http, default)).Should().ThrowAsync<WebSocketException>();

        refused.Which.InnerException.Should().BeOfType<ProviderException>().Which.Message.Should().Contain("AICO_EGRESS_ALLOW");
        _server.Pending().Should().BeFalse();
    }

    [Test]
    public async Task Connects_where_the_operator_allows_it_and_follows_no_redirect()
    {
        using var http = Guarded("vendor.example", ("vendor.example", IPAddress.Loopback), ("inside.example", IPAddress.Loopback));
        var answer = GetAsync(http, $"http://vendor.example:{Port}/");

        using var connection = await _server.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        var stream = connection.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        await stream.WriteAsync("HTTP/1.1 302 Found\r\nLocation: http://inside.example/\r\nContent-Length: 0\r\n\r\n"u8.ToArray());

        (await answer).Should().Be(HttpStatusCode.Found);
    }

    [Test]
    public async Task Takes_the_public_ones_of_several_addresses_only()
    {
        // The public one answers nothing here; that the private one is not asked instead is what counts.
        using var http = Guarded(null, ("vendor.example", IPAddress.Loopback), ("vendor.example", IPAddress.Parse("2001:4860::1")));
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);

        await FluentActions.Awaiting(() => GetAsync(http, $"http://vendor.example:{Port}/", bound.Token)).Should().ThrowAsync<Exception>();

        _server.Pending().Should().BeFalse();
    }

    private static HttpMessageInvoker Guarded(string? allow, params (string Name, IPAddress Address)[] names) => new(EgressGuard.Create(
        EgressPolicy.Parse(allow),
        (name, _) => Task.FromResult(names.Where(entry => entry.Name == name).Select(entry => entry.Address).ToArray())));

    private static async Task<HttpStatusCode> GetAsync(HttpMessageInvoker http, string url, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await http.SendAsync(request, ct);
        return response.StatusCode;
    }
}
