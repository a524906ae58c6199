using System.Net.Http.Headers;
using Aico.Host.Api;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>What holds for every endpoint: bodies, repeated requests, too many of them.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EdgeTests
{
    [TestCase("text/plain", 415, "unsupported-media-type")]
    [TestCase("application/xml", 415, "unsupported-media-type")]
    [TestCase("application/json", 201, null)]
    [TestCase("application/merge-patch+json; charset=utf-8", 201, null)]
    public async Task Takes_bodies_that_are_JSON(string type, int status, string? problem)
    {
        await using var api = await ConfigurationApi.StartAsync();
        var content = new ByteArrayContent("""{"id":"acme"}"""u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        var answer = await api.SendAsync("POST", "/api/organizations", content, ("X-Api-Key", ConfigurationApi.InternalKey));

        answer.Status.Should().Be(status);
        if (problem is not null)
        {
            answer.IsProblem(status, problem);
        }
    }

    [TestCase("{\"id\":\"\\ud800\"}")]
    [TestCase("{\"id\":\"a\",\"id\":\"b\"}")]
    [TestCase("{\"id\":")]
    [TestCase("[]")]
    public async Task Refuses_bodies_that_are_no_objects_of_text(string body)
    {
        await using var api = await ConfigurationApi.StartAsync();

        (await api.AskAsync("POST", "/api/organizations", body, organization: null)).IsProblem(400, "invalid-request");
        (await api.AskAsync("PUT", "/api/organizations/current/agents/default", body, organization: null)).Status.Should().BeOneOf(400, 404);
    }

    [Test]
    public async Task Says_what_is_wrong_with_path_and_method()
    {
        await using var api = await ConfigurationApi.StartAsync();

        (await api.AskAsync("GET", "/api/nothing")).IsProblem(404, "not-found");
        (await api.AskAsync("PATCH", "/api/organizations")).IsProblem(405, "method-not-allowed");
        (await api.SendAsync("GET", "/nothing", (string?)null)).IsProblem(404, "not-found");
        // Who asks first hears the answer for certain; who just sends may find the connection closed before it is read.
        (await api.AskAsync("POST", "/api/organizations", $$"""{"id":"{{new string('x', 1024 * 1024)}}"}""", null, ("Expect", "100-continue"))).IsProblem(413, "body-too-large");
    }

    [Test]
    public async Task Serves_a_request_with_an_idempotency_key_once()
    {
        await using var api = await ConfigurationApi.StartAsync();
        const string Body = """{"id":"acme","name":"Acme"}""";
        Task<ApiAnswer> MakeAsync(string body, string key) => api.AskAsync("POST", "/api/organizations", body, null, ("Idempotency-Key", key));

        var first = await MakeAsync(Body, "k1");
        var again = await MakeAsync(Body, "k1");
        var other = await MakeAsync("""{"id":"globex"}""", "k1");
        var fresh = await MakeAsync(Body, "k2");

        (first.Status, again.Status).Should().Be((201, 201));
        again.Body!.ToJsonString().Should().Be(first.Body!.ToJsonString());
        again.Headers.Location.Should().Be(first.Headers.Location);
        again.Headers.GetValues("Idempotent-Replayed").Should().Equal("true");
        other.IsProblem(422, "idempotency-mismatch");
        fresh.IsProblem(409, "already-exists");
        (await MakeAsync(Body, "k2")).IsProblem(409, "already-exists");
        (await MakeAsync(Body, new string('k', 256))).IsProblem(400, "invalid-request");
    }

    [Test]
    public async Task Keeps_the_idempotency_keys_of_callers_apart()
    {
        await using var api = await ConfigurationApi.StartAsync();
        await api.MakeAsync("acme");
        await api.MakeAsync("globex");
        Task<ApiAnswer> MakeAsync(string organization) =>
            api.AskAsync("POST", "/api/organizations/current/keys", """{"name":"x","scopes":["usage:read"]}""", organization, ("Idempotency-Key", "same"));

        var one = await MakeAsync("acme");
        var other = await MakeAsync("globex");

        ((string?)one.Body!["key"]).Should().NotBe((string?)other.Body!["key"]);
        ((string?)(await MakeAsync("acme")).Body!["key"]).Should().Be((string?)one.Body["key"]);
    }

    [Test]
    public async Task Holds_a_key_to_its_rate_and_says_when_to_come_again()
    {
        var clock = new SteppedClock();
        await using var api = await ConfigurationApi.StartAsync(clock, new ApiRate(1, 3));
        await api.MakeAsync("acme");
        await api.MakeAsync("globex");
        var (key, other) = (await api.KeyAsync("acme"), await api.KeyAsync("globex"));
        const string Path = "/api/organizations/current";
        for (var i = 0; i < 3; i++)
        {
            (await api.AskWithAsync(key, "GET", Path)).Status.Should().Be(200);
        }

        var refused = await api.AskWithAsync(key, "GET", Path);

        refused.IsProblem(429, "too-many-requests");
        refused.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        (await api.AskWithAsync(other, "GET", Path)).Status.Should().Be(200, "another key has a rate of its own");
        clock.Advance(TimeSpan.FromSeconds(1));
        (await api.AskWithAsync(key, "GET", Path)).Status.Should().Be(200);
        (await api.AskWithAsync(key, "GET", Path)).Status.Should().Be(429);
    }

    [TestCase("100", true, 100, 200)]
    [TestCase("10/50", true, 10, 50)]
    [TestCase("0", false, 0, 0)]
    [TestCase("fast", false, 0, 0)]
    public void Reads_a_rate(string text, bool isOne, double perSecond, double burst)
    {
        ApiRate.TryParse(text, out var rate).Should().Be(isOne);
        (rate?.PerSecond ?? 0, rate?.Burst ?? 0).Should().Be((perSecond, burst));
    }

    [Test]
    public void Reads_that_there_is_no_rate()
    {
        ApiRate.TryParse("off", out var rate).Should().BeTrue();
        rate.Should().BeNull();
    }
}
