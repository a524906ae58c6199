using System.Security.Cryptography;
using System.Text;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.Time;

namespace Aico.Host.Tests.LiveKit.Access;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WebhookVerifierTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """
        {"event":"participant_joined", "id":"EV_1", "createdAt":"1767225600", "room":{"sid":"RM_1","name":"demo","creationTime":"1767225599"},
         "participant":{"identity":"me","kind":"SIP","attributes":{"sip.phoneNumber":"+49","some_key":"kept"}}, "somethingNew":{"a_b":[1,2]}}
        """);

    private readonly VirtualTime _time = new();
    private readonly LiveKitSettings _settings = Settings.For("ws://localhost");

    [TestCase("")]
    [TestCase("Bearer ")]
    public async Task Takes_what_was_signed(string scheme)
    {
        var check = await VerifyAsync(Body, scheme + Sign(Body));

        check.Refusal.Should().BeNull();
        check.Event!.Event.Should().Be("participant_joined");
        check.Event.CreatedAt.Should().Be(1767225600);
        check.Event.Room!.CreationTime.Should().Be(1767225599);
        check.Event.Participant!.Kind.Should().Be(ParticipantKind.Sip);
        check.Event.Participant.Attributes.Should().Contain("some_key", "kept").And.Contain("sip.phoneNumber", "+49");
    }

    [Test]
    public async Task Refuses_a_body_that_was_changed_by_one_byte()
    {
        var authorization = Sign(Body);
        byte[] changed = [.. Body];
        changed[^3] = (byte)' ';

        (await VerifyAsync(changed, authorization)).Refusal.Should().Be("its body is not the one that was signed");
    }

    [TestCase(null)]
    [TestCase("AAAA")]
    [TestCase("no base64!")]
    public async Task Refuses_a_token_that_promises_no_body(string? sha256)
    {
        var token = new TokenIssuer(_settings, _time).Issue(new TokenClaims { Sha256 = sha256 });

        (await VerifyAsync(Body, token)).Refusal.Should().Be("its body is not the one that was signed");
    }

    [Test]
    public async Task Refuses_a_signature_of_somebody_else()
    {
        var other = new TokenIssuer(Settings.For("ws://localhost", secret: "another-secret-of-thirty-two-characters"), _time);

        var check = await VerifyAsync(Body, other.Issue(new TokenClaims { Sha256 = Hash(Body) }));

        check.Event.Should().BeNull();
        check.Refusal.Should().Contain("its signature is wrong");
    }

    [Test]
    public async Task Refuses_one_that_is_played_again_later()
    {
        var authorization = Sign(Body);

        _time.Advance(TimeSpan.FromMinutes(7));

        (await VerifyAsync(Body, authorization)).Refusal.Should().Contain("expired");
    }

    [TestCase(null)]
    [TestCase(" ")]
    public async Task Refuses_one_without_a_token(string? authorization) =>
        (await VerifyAsync(Body, authorization)).Refusal.Should().Be("it has no Authorization header");

    [Test]
    public async Task Refuses_a_signed_body_that_is_no_event()
    {
        var body = Encoding.UTF8.GetBytes("[1");

        (await VerifyAsync(body, Sign(body))).Refusal.Should().Be("its body is no event");
    }

    private static string Hash(byte[] body) => Convert.ToBase64String(SHA256.HashData(body));

    private string Sign(byte[] body) => new TokenIssuer(_settings, _time).Issue(new TokenClaims { Sha256 = Hash(body) }, TimeSpan.FromMinutes(5));

    private Task<WebhookCheck> VerifyAsync(byte[] body, string? authorization) =>
        new WebhookVerifier(new TokenVerifier(_settings, _time)).VerifyAsync(body, authorization);
}
