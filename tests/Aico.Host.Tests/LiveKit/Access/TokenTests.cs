using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aico.Host.LiveKit.Access;
using Aico.Host.Time;
using Microsoft.IdentityModel.Tokens;

namespace Aico.Host.Tests.LiveKit.Access;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TokenTests
{
    private readonly VirtualTime _time = new();
    private readonly LiveKitSettings _settings = Settings.For("ws://localhost");

    [Test]
    public void Is_signed_with_the_secret_as_any_server_checks_it()
    {
        var parts = Issue(new TokenClaims { Identity = "me" }).Split('.');

        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Settings.Secret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        Base64UrlEncoder.DecodeBytes(parts[2]).Should().Equal(expected);
        Base64UrlEncoder.Decode(parts[0]).Should().Contain("\"alg\":\"HS256\"");
    }

    [Test]
    public void Says_all_that_was_asked_in_LiveKits_names()
    {
        var token = Issue(
            new TokenClaims
            {
                Identity = "me",
                Name = "Me",
                Kind = "agent",
                Metadata = "about me",
                Attributes = new Dictionary<string, string> { ["lk.agent.state"] = "listening", ["Some_Key"] = "1" },
                Video = new VideoGrant { RoomJoin = true, Room = "demo", CanPublishSources = ["microphone"], CanUpdateOwnMetadata = false },
                Sip = new SipGrant { Call = true },
                RoomConfig = new RoomConfiguration { EmptyTimeout = 60, Agents = [new RoomAgentDispatch { AgentName = "aico", Metadata = "m" }] },
            },
            TimeSpan.FromMinutes(5));

        Payload(token).Should().Be(
            """
            {"iss":"devkey","sub":"me","nbf":1767225600,"exp":1767225900,"name":"Me","kind":"agent","metadata":"about me","attributes":{"lk.agent.state":"listening","Some_Key":"1"},"video":{"roomJoin":true,"room":"demo","canPublishSources":["microphone"],"canUpdateOwnMetadata":false},"sip":{"call":true},"roomConfig":{"emptyTimeout":60,"agents":[{"agentName":"aico","metadata":"m"}]}}
            """);
    }

    [Test]
    public void Lasts_six_hours_if_nothing_is_said()
    {
        using var payload = JsonDocument.Parse(Payload(Issue(new TokenClaims())));

        (payload.RootElement.GetProperty("exp").GetInt64() - payload.RootElement.GetProperty("nbf").GetInt64()).Should().Be(6 * 3600);
    }

    [Test]
    public void Refuses_to_join_a_room_as_nobody_or_to_join_nothing()
    {
        var nobody = () => Issue(new TokenClaims { Video = new VideoGrant { RoomJoin = true, Room = "demo" } });
        var nothing = () => Issue(new TokenClaims { Identity = "me", Video = new VideoGrant { RoomJoin = true } });

        nobody.Should().Throw<ArgumentException>();
        nothing.Should().Throw<ArgumentException>();
    }

    [Test]
    public void Refuses_a_lifetime_that_is_none()
    {
        var act = () => Issue(new TokenClaims(), TimeSpan.Zero);

        act.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public async Task Is_verified_with_its_claims()
    {
        var check = await VerifyAsync(Issue(new TokenClaims { Identity = "me", Video = new VideoGrant { Agent = true } }));

        check.Refusal.Should().BeNull();
        check.Claims!.Identity.Should().Be("me");
        check.Claims.Video!.Agent.Should().BeTrue();
    }

    [TestCase(119, true)]
    [TestCase(121, false)]
    public async Task Counts_until_a_minute_after_its_end(int seconds, bool counts)
    {
        var token = Issue(new TokenClaims { Identity = "me" }, TimeSpan.FromMinutes(1));

        _time.Advance(TimeSpan.FromSeconds(seconds));

        (await VerifyAsync(token)).Refusal.Should().Be(counts ? null : "it has expired or is not valid yet");
    }

    [Test]
    public async Task Of_another_secret_does_not_count()
    {
        var other = Settings.For("ws://localhost", secret: "another-secret-of-thirty-two-characters");

        var check = await VerifyAsync(new TokenIssuer(other, _time).Issue(new TokenClaims()));

        check.Claims.Should().BeNull();
        check.Refusal.Should().Be("its signature is wrong");
    }

    [Test]
    public async Task Of_another_key_does_not_count()
    {
        var check = await VerifyAsync(new TokenIssuer(Settings.For("ws://localhost", key: "otherkey"), _time).Issue(new TokenClaims()));

        check.Refusal.Should().Be("it was issued for another API key");
    }

    [Test]
    public async Task That_is_not_signed_does_not_count()
    {
        var payload = Issue(new TokenClaims()).Split('.')[1];

        var check = await VerifyAsync($"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{payload}.");

        check.Claims.Should().BeNull();
    }

    [TestCase("")]
    [TestCase("rubbish")]
    [TestCase("a.b.c")]
    public async Task That_is_rubbish_does_not_count_and_is_not_repeated(string token)
    {
        var check = await VerifyAsync(token);

        check.Claims.Should().BeNull();
        check.Refusal.Should().NotContain("rubbish").And.NotBeEmpty();
    }

    private static string Payload(string token) => Base64UrlEncoder.Decode(token.Split('.')[1]);

    private string Issue(TokenClaims claims, TimeSpan? lifetime = null) => new TokenIssuer(_settings, _time).Issue(claims, lifetime);

    private Task<TokenCheck> VerifyAsync(string token) => new TokenVerifier(_settings, _time).VerifyAsync(token);
}
