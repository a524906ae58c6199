using Aico.Host.Cli;
using Aico.Host.Cli.Serve;

namespace Aico.Host.Tests.Cli;

internal sealed class ServeAddressTests
{
    [TestCase("127.0.0.1", 5005, null, "127.0.0.1:5005")]
    [TestCase("localhost", 80, null, "127.0.0.1:80")]
    [TestCase("127.0.0.1", 5005, "http://0.0.0.0:6006", "0.0.0.0:6006")]
    [TestCase("127.0.0.1", 5005, "http://localhost:6006/", "127.0.0.1:6006")]
    [TestCase("127.0.0.1", 5005, "http://[::1]:6006", "[::1]:6006")]
    public void Is_said_in_one_or_in_two(string host, int port, string? urls, string expected)
    {
        var address = ServeAddress.Of(new ServeRequest { Host = host, Port = port, Urls = urls });

        new System.Net.IPEndPoint(address.Address, address.Port).ToString().Should().Be(expected);
    }

    [TestCase("https://127.0.0.1:5005")]
    [TestCase("http://example.com:5005")]
    [TestCase("http://127.0.0.1:5005/api")]
    [TestCase("http://127.0.0.1:5005;http://127.0.0.1:5006")]
    [TestCase("5005")]
    public void Is_refused_where_nobody_can_listen_at_it(string urls)
    {
        var act = () => ServeAddress.Of(new ServeRequest { Urls = urls });

        act.Should().Throw<CliException>().WithMessage("--urls: *");
    }
}
