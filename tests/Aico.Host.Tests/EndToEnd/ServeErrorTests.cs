using System.Net;
using System.Net.Sockets;

namespace Aico.Host.Tests.EndToEnd;

/// <summary>What <c>aico serve</c> and <c>aico token</c> say where they cannot do what was asked: one line, and the right exit code.</summary>
internal sealed class ServeErrorTests
{
    private const string Url = "ws://127.0.0.1:1";

    [TestCase("LIVEKIT_API_SECRET is not set.", Url, "devkey", null, "serve", "--port", "0")]
    [TestCase("LIVEKIT_API_KEY is not set.", Url, null, "secret", "token", "--room", "demo")]
    [TestCase("LIVEKIT_URL is no address of a LiveKit server", "secret", "devkey", "secret", "serve", "--port", "0")]
    [TestCase("Set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET", null, null, null, "token", "--room", "demo")]
    [TestCase("Set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET", null, null, null, "serve", "--role", "agent")]
    [TestCase("--host: expected an IP address", null, null, null, "serve", "--host", "x")]
    [TestCase("--port: expected a number from 0 to 65535", null, null, null, "serve", "--port", "70000")]
    [TestCase("--max-calls: expected a number", null, null, null, "serve", "--max-calls", "0")]
    [TestCase("--call-hosts 2: there are no calls to take. Set LIVEKIT_URL", null, null, null, "serve", "--call-hosts", "2")]
    [TestCase("AICO_INTERNAL_API_KEY", null, null, null, "serve", "--host", "0.0.0.0", "--port", "0", "--role", "api")]
    [TestCase("there is no tts provider \"flit\". Did you mean flite?", null, null, null, "serve", "--tts", "flit")]
    [TestCase("--room", Url, "devkey", "secret", "token")]
    [TestCase("--room needs a value.", Url, "devkey", "secret", "token", "--room", " ")]
    [TestCase("--ttl: expected a duration", Url, "devkey", "secret", "token", "--room", "demo", "--ttl", "soon")]
    [TestCase("--attribute: expected name=value.", Url, "devkey", "secret", "token", "--room", "demo", "--attribute", "a")]
    public async Task Says_in_one_line_what_cannot_be_done(string line, string? url, string? key, string? secret, params string[] args)
    {
        var aico = await AicoProcess.RunWithAsync(new() { ["LIVEKIT_URL"] = url, ["LIVEKIT_API_KEY"] = key, ["LIVEKIT_API_SECRET"] = secret }, args);

        aico.ExitCode.Should().Be(2, "it printed {0}", aico.Error);
        aico.Error.Trim().Should().StartWith("aico: ").And.Contain(line).And.NotContain("\n");
        (aico.Error + aico.Output).Should().NotContain("secret\"");
    }

    [Test]
    public async Task Says_in_one_line_that_the_port_is_taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var aico = await AicoProcess.RunAsync("serve", "--role", "api", "--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}");

        aico.ExitCode.Should().Be(1, "it printed {0}", aico.Error);
        aico.Error.Trim().Should().StartWith("aico: ").And.Contain("address already in use").And.NotContain("\n");
    }
}
