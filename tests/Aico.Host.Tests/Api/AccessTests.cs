using System.Net;
using System.Security.Cryptography;
using System.Text;
using Aico.Abstractions.Plugins;
using Aico.Host.Api;

namespace Aico.Host.Tests.Api;

/// <summary>Who may call the API.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class AccessTests
{
    private const string Page = "https://app.example.com";
    private static readonly (string, string) _organization = ("X-Organization-Id", ScriptedApi.Organization);

    [TestCase("X-Api-Key", ScriptedApi.Key, 200)]
    [TestCase("Authorization", "Bearer " + ScriptedApi.Key, 200)]
    [TestCase("X-Api-Key", ScriptedApi.Key + "x", 401)]
    [TestCase("Authorization", "Bearer x", 401)]
    [TestCase("Authorization", ScriptedApi.Key, 401)]
    [TestCase("X-Nothing", "x", 401)]
    public async Task Serves_who_has_the_key(string header, string value, int status)
    {
        await using var api = await ScriptedApi.StartAsync();

        var answer = await api.SendAsync(HttpMethod.Get, "/api/sessions", null, _organization, (header, value));

        answer.Status.Should().Be(status);
        if (status == 401)
        {
            answer.IsProblem(401, "unauthenticated");
            answer.Body!.ToJsonString().Should().NotContain(ScriptedApi.Key);
        }
    }

    [TestCase("Host", "127.0.0.1", 200)]
    [TestCase("Host", "localhost:5005", 200)]
    [TestCase("Host", "[::1]:5005", 200)]
    [TestCase("Host", "evil.example.com", 401)]
    [TestCase("Host", "127.0.0.1.example.com", 401)]
    [TestCase("Origin", "https://evil.example.com", 403)]
    [TestCase("Origin", "null", 403)]
    public async Task Without_a_key_serves_programs_of_its_machine_and_no_page_of_a_stranger(string header, string value, int status)
    {
        await using var api = await ScriptedApi.StartAsync(new ApiOptions());

        (await api.SendAsync(HttpMethod.Get, "/api/sessions", null, _organization, (header, value))).Status.Should().Be(status);
    }

    [Test]
    public async Task Tells_browsers_which_pages_may_call()
    {
        await using var api = await ScriptedApi.StartAsync(new ApiOptions { Key = new Secret(ScriptedApi.Key), AllowedOrigins = [Page] });

        var asked = await api.SendAsync(HttpMethod.Options, "/api/livekit/token", null, ("Origin", Page), ("Access-Control-Request-Method", "POST"));
        var foreign = await api.SendAsync(HttpMethod.Options, "/api/livekit/token", null, ("Origin", "https://evil.example.com"), ("Access-Control-Request-Method", "POST"));
        var refused = await api.SendAsync(HttpMethod.Post, "/api/livekit/token", "{}", ("Origin", Page));
        var served = await api.SendAsync(HttpMethod.Post, "/api/livekit/token", "{}", ("Origin", Page), ("X-Api-Key", ScriptedApi.Key), _organization);

        asked.Status.Should().Be(204);
        asked.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal(Page);
        asked.Headers.GetValues("Access-Control-Allow-Methods").Single().Should().Contain("POST");
        asked.Headers.GetValues("Access-Control-Allow-Headers").Single().Should().ContainAll("Authorization", "X-Api-Key", "X-Organization-Id", "Content-Type");
        foreign.IsProblem(403, "origin-not-allowed");
        foreign.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
        refused.IsProblem(401, "unauthenticated");
        refused.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal([Page], "the page may read why");
        served.Status.Should().Be(200);
    }

    [Test]
    public async Task Does_not_listen_to_the_network_without_a_key()
    {
        var act = () => ScriptedApi.StartAsync(new ApiOptions { Address = IPAddress.Any });

        (await act.Should().ThrowAsync<ApiUnprotectedException>()).Which.Message.Should().Contain("AICO_INTERNAL_API_KEY");
    }

    [Test]
    public async Task Takes_webhooks_that_its_server_signed_and_no_others()
    {
        const string Body = """{"event":"room_started","room":{"name":"demo"}}""";
        await using var api = await ScriptedApi.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Body)));

        async Task<int> SendAsync(string token, string body) =>
            (await api.SendAsync(HttpMethod.Post, "/api/livekit/webhook", body, ("Authorization", token))).Status;

        (await SendAsync(api.Tokens.Webhook(hash, now), Body)).Should().Be(204);
        (await SendAsync(api.Tokens.Webhook(hash, now), Body + " ")).Should().Be(401);
        (await SendAsync((api.Tokens with { Secret = "another-secret-of-thirty-two-characters" }).Webhook(hash, now), Body)).Should().Be(401);
        (await SendAsync(api.Tokens.Admin("demo", now), Body)).Should().Be(401);
    }
}
