using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Aico.Abstractions.Plugins;
using Aico.Host.LiveKit.Access;

namespace Aico.Host.Tests.LiveKit.Access;

internal sealed class LiveKitSettingsTests
{
    private const string Secret = Settings.Secret;

    [Test]
    public void Is_absent_where_no_variable_is_set() => Read().Should().BeNull();

    [Test]
    public void Reads_the_three_variables()
    {
        var settings = Read("wss://livekit.example.com", "key", Secret)!;

        settings.Url.Should().Be(new Uri("wss://livekit.example.com"));
        settings.Key.Should().Be("key");
        settings.Secret.Reveal().Should().Be(Secret);
    }

    [Test]
    public void Names_every_variable_that_is_missing()
    {
        var act = () => Read(key: "key");

        act.Should().Throw<LiveKitSettingsException>().WithMessage("LIVEKIT_URL is not set. LIVEKIT_API_SECRET is not set.");
    }

    [TestCase("localhost:7880")]
    [TestCase("ftp://livekit.example.com")]
    [TestCase("not an address")]
    [TestCase("ws://user:password@livekit.example.com")]
    [TestCase("ws://livekit.example.com/?token=password")]
    public void Refuses_an_address_of_another_kind_without_showing_it(string url)
    {
        var act = () => Read(url, "key", Secret);

        act.Should().Throw<LiveKitSettingsException>().Which.Message.Should().StartWith("LIVEKIT_URL ").And.NotContain("password");
    }

    [Test]
    public void Says_that_a_secret_is_shorter_than_is_safe()
    {
        Read("ws://localhost:7880", "devkey", "secret")!.IsSecretTooShort.Should().BeTrue();
        Read("ws://localhost:7880", "devkey", Secret)!.IsSecretTooShort.Should().BeFalse();
    }

    [Test]
    public void Signs_with_the_short_secret_of_a_development_server()
    {
        var settings = Read("ws://localhost:7880", "devkey", "secret")!;

        var token = new TokenIssuer(settings, TimeProvider.System).Issue(new TokenClaims { Video = new VideoGrant { RoomList = true } });

        var signed = token[..token.LastIndexOf('.')];
        var expected = HMACSHA256.HashData("secret"u8, Encoding.UTF8.GetBytes(signed));
        token[(signed.Length + 1)..].Should().Be(Base64Url.EncodeToString(expected));
    }

    [Test]
    public void Prints_without_the_secret() => Read("ws://localhost:7880", "key", Secret)!.ToString().Should().NotContain(Secret).And.Contain("***");

    [TestCase("http://localhost:7880", "ws://localhost:7880/", "http://localhost:7880/")]
    [TestCase("ws://localhost:7880", "ws://localhost:7880/", "http://localhost:7880/")]
    [TestCase("https://livekit.example.com", "wss://livekit.example.com/", "https://livekit.example.com/")]
    [TestCase("wss://livekit.example.com/base/", "wss://livekit.example.com/base/", "https://livekit.example.com/base/")]
    public void Knows_the_address_of_sockets_and_of_requests(string url, string webSocket, string http)
    {
        var settings = Read(url, "key", Secret)!;

        settings.WebSocketUrl.AbsoluteUri.Should().Be(webSocket);
        settings.HttpUrl.AbsoluteUri.Should().Be(http);
    }

    [TestCase("wss://livekit.example.com", "wss://livekit.example.com/agent")]
    [TestCase("wss://livekit.example.com/base/", "wss://livekit.example.com/base/agent")]
    public void Joins_a_path_to_the_address(string url, string joined) =>
        LiveKitSettings.Join(new Uri(url), "agent").AbsoluteUri.Should().Be(joined);

    private static LiveKitSettings? Read(string? url = null, string? key = null, string? secret = null) =>
        LiveKitSettings.FromEnvironment(name => name switch
        {
            "LIVEKIT_URL" => url,
            "LIVEKIT_API_KEY" => key,
            "LIVEKIT_API_SECRET" => secret,
            _ => throw new ArgumentException(name),
        });
}
