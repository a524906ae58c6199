using System.Text.Json.Nodes;
using Aico.Host.Storage;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>Settings, secrets and fallback order of an organization, written and read through the API.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProviderConfigTests
{
    private const string Providers = "/api/organizations/current/providers";
    private const string Enabled = "/api/providers/organization/enabled";
    private ConfigurationApi _api = null!;

    [SetUp]
    public async Task Start()
    {
        _api = await ConfigurationApi.StartAsync();
        await _api.MakeAsync("acme");
    }

    [TearDown]
    public async Task Stop() => await _api.DisposeAsync();

    [Test]
    public async Task Lists_the_registry_by_kind()
    {
        var all = await _api.AskAsync("GET", "/api/providers");
        var speech = await _api.AskAsync("GET", "/api/providers?type=tts");
        var one = await _api.AskAsync("GET", "/api/providers/deepgram");

        all.Body!["providers"]!.AsArray().Count.Should().BeGreaterThan(10);
        speech.Body!["providers"]!.AsArray().Select(provider => (string)provider!["type"]!).Distinct().Should().Equal("tts");
        (one.Body!["defaults"]!["model"] ?? one.Body["defaults"]!["baseUrl"]).Should().NotBeNull();
        ((string?)one.Body["hosting"]).Should().Be("cloud");
        one.Body["secretsSchema"]!["properties"]!["apiKey"].Should().NotBeNull();
        (await _api.AskAsync("GET", "/api/providers/deepgran")).IsProblem(404, "unknown-provider");
        (await _api.AskAsync("GET", "/api/providers?type=video")).IsProblem(400, "invalid-request");
    }

    [Test]
    public async Task Says_which_enabled_ones_are_left_out_and_why()
    {
        // As they are after a plugin was replaced, and after one was taken away.
        StoreChange.PutProvider[] stored = [new("acme", "flite", """{"rate":99}""", true, 100), new("acme", "gone", "{}", true, 100), new("acme", "gone-too", "{}", false, 100)];
        await _api.Store.ApplyAsync(stored, new StoreActor("test"), CancellationToken.None);
        await PutAsync("espeak", "{}");

        var enabled = await _api.AskAsync("GET", $"{Enabled}?type=tts");
        var chosen = await _api.AskAsync("GET", $"{Enabled}?type=stt");

        enabled.Body!["providers"]!.AsArray().Select(provider => (string)provider!["key"]!).Should().Equal("espeak");
        enabled.Body["problems"]!.AsArray().Select(problem => ((string)problem!["provider"]!, (string?)problem["pointer"])).Should().Equal(("flite", "/rate"), ("gone", null));
        chosen.Body!["problems"]!.AsArray().Select(problem => (string)problem!["message"]!).Should().Equal("No loaded plugin brings it.");
    }

    [Test]
    public async Task Takes_settings_whole_and_says_of_lists_and_of_what_was_left_out_where_they_come_from()
    {
        await PutAsync("deepgram", """{"config":{"keyterms":["a","b"],"endpointingMs":100,"baseUrl":"https://dg.example.com"}}""");
        await PutAsync("deepgram", """{"config":{"keyterms":["c"],"baseUrl":"https://dg.example.com"}}""");

        var values = (await _api.AskAsync("GET", $"{Providers}/stt/explain")).Body!["chain"]![0]!["values"]!.AsArray()
            .ToDictionary(value => (string)value!["pointer"]!, value => $"{value!["value"]!.ToJsonString()} {value["origin"]}");

        values["/keyterms"].Should().Be("""["c"] api""");
        values["/languageHints"].Should().Be("[] default");
        values["/endpointingMs"].Should().Be("300 default");
    }

    [Test]
    public async Task Shows_the_enabled_ones_in_fallback_order_with_defaults_under_what_was_set()
    {
        await PutAsync("openai", """{"config":{"model":"gpt-6-sol"},"priority":50}""");
        await PutAsync("scripted", "{}");
        await PutAsync("groq", """{"isEnabled":false,"priority":900}""");
        await SecretAsync("openai", "sk-enabled-0123456789");

        var open = await _api.AskAsync("GET", $"{Enabled}?type=llm");
        var redacted = await _api.AskWithAsync(await _api.KeyAsync("acme"), "GET", $"{Enabled}?type=llm");

        open.Body!["providers"]!.AsArray().Select(provider => (string)provider!["key"]!).Should().Equal("scripted", "openai");
        var openai = open.Body["providers"]![1]!;
        openai.AsObject().Select(member => member.Key).Should().Equal("key", "type", "displayName", "config", "secrets", "isEnabled", "priority");
        ((string?)openai["config"]!["model"], (string?)openai["config"]!["baseUrl"]).Should().Be(("gpt-6-sol", "https://api.openai.com/v1"));
        openai["secrets"]!.ToJsonString().Should().Be("""{"apiKey":"sk-enabled-0123456789"}""");
        redacted.Body!["providers"]![1]!["secrets"]!.ToJsonString().Should().Be("""{"apiKey":{"set":true}}""");
        open.Body["organizationId"]!.ToString().Should().Be("acme");
        open.Headers.CacheControl!.NoStore.Should().BeTrue();
        open.Body.AsObject().Select(member => member.Key).Should().Equal("organizationId", "revision", "providers");
    }

    [Test]
    public async Task A_change_is_in_the_next_answer()
    {
        await PutAsync("scripted", "{}");
        var before = await _api.AskAsync("GET", Enabled);

        await PutAsync("flite", "{}");

        var after = await _api.AskAsync("GET", Enabled);
        after.Body!["providers"]!.AsArray().Should().HaveCount(before.Body!["providers"]!.AsArray().Count + 1);
        ((long)after.Body["revision"]!).Should().BeGreaterThan((long)before.Body["revision"]!);
    }

    [Test]
    public async Task Lists_the_secrets_that_are_missing_by_provider()
    {
        await PutAsync("openai", "{}");
        await PutAsync("groq", "{}");

        var answer = await _api.AskAsync("GET", Enabled);

        answer.IsProblem(412, "missing-secrets");
        answer.Body!["missingSecrets"]!.ToJsonString().Should().Be("""[{"provider":"groq","secrets":["apiKey"]},{"provider":"openai","secrets":["apiKey"]}]""");
        (await _api.AskAsync("GET", $"{Enabled}?type=tts")).Status.Should().Be(200);
        (await _api.AskAsync("POST", $"{Providers}/openai/test")).IsProblem(412, "missing-secrets");
    }

    [Test]
    public async Task Names_every_wrong_setting_by_its_place_in_the_body()
    {
        var answer = await PutAsync("openai", """{"config":{"modl":"x","temperature":9,"maxTokens":"many"}}""");

        answer.IsProblem(400, "invalid-request");
        answer.Errors.Keys.Should().BeEquivalentTo("/config/modl", "/config/temperature", "/config/maxTokens");
        answer.Errors["/config/modl"].Should().Contain("model");
        (await PutAsync("openai", """{"config":[]}""")).Errors.Keys.Should().Equal("/config");
        (await PutAsync("openai", """{"priority":99999999}""")).Errors.Keys.Should().Equal("/priority");
        (await PutAsync("openai", """{"enabled":true}""")).Errors.Keys.Should().Equal("/enabled");
        (await PutAsync("opanai", "{}")).IsProblem(404, "unknown-provider");
        ((bool)(await _api.AskAsync("GET", $"{Providers}/openai")).Body!["isConfigured"]!).Should().BeFalse("nothing of a refused request is kept");
    }

    [Test]
    public async Task Keeps_what_is_left_out_and_takes_defaults_where_there_was_nothing()
    {
        var first = await PutAsync("openai", """{"config":{"model":"gpt-6-sol"}}""");
        var second = await PutAsync("openai", """{"isEnabled":false}""");

        ((bool)first.Body!["isEnabled"]!, (int)first.Body["priority"]!).Should().Be((true, 100));
        ((bool)second.Body!["isEnabled"]!, (string?)second.Body["config"]!["model"]).Should().Be((false, "gpt-6-sol"));
    }

    [Test]
    public async Task Holds_changes_to_the_revision_that_they_expect()
    {
        var made = await PutAsync("flite", "{}", ("If-None-Match", "*"));
        var tag = made.Headers.ETag!.ToString();

        (await PutAsync("flite", "{}", ("If-None-Match", "*"))).IsProblem(412, "revision-conflict");
        var changed = await PutAsync("flite", """{"priority":5}""", ("If-Match", tag));
        var late = await PutAsync("flite", """{"priority":6}""", ("If-Match", tag));
        var wrong = await PutAsync("flite", "{}", ("If-Match", "\"x\""));
        var read = await _api.AskAsync("GET", $"{Providers}/flite");

        changed.Status.Should().Be(200);
        late.IsProblem(412, "revision-conflict");
        ((long)late.Body!["revision"]!).Should().Be((long)changed.Body!["revision"]!);
        wrong.IsProblem(400, "invalid-request");
        wrong.Errors.Keys.Should().Equal("@If-Match");
        ((int)read.Body!["priority"]!).Should().Be(5);
        (await _api.AskAsync("GET", $"{Providers}/flite", null, "acme", ("If-None-Match", read.Headers.ETag!.ToString()))).Status.Should().Be(304);
        (await _api.AskAsync("DELETE", $"{Providers}/flite/config", null, "acme", ("If-Match", tag))).IsProblem(412, "revision-conflict");
        (await _api.AskAsync("DELETE", $"{Providers}/flite/config", null, "acme", ("If-Match", read.Headers.ETag.ToString()))).Status.Should().Be(204);
        (await _api.AskAsync("DELETE", $"{Providers}/flite/config")).IsProblem(404, "not-found");
        (await PutAsync("flite", "{}", ("If-Match", "*"))).IsProblem(412, "revision-conflict");
    }

    [Test]
    public async Task Writes_secrets_and_shows_only_that_they_are_set()
    {
        var set = await _api.AskAsync("PUT", $"{Providers}/openai/secrets", """{"secrets":{"apiKey":"sk-shown-never-9f3a"},"showLastFour":true}""");
        var wrong = await _api.AskAsync("PUT", $"{Providers}/openai/secrets", """{"secrets":{"apikey":"x","apiKey":"a\nb"}}""");

        set.Body!["secrets"]!["apiKey"]!["set"]!.GetValue<bool>().Should().BeTrue();
        ((string?)set.Body["secrets"]!["apiKey"]!["hint"]).Should().Be("9f3a");
        set.Body.ToJsonString().Should().NotContain("sk-shown");
        wrong.IsProblem(400, "invalid-request");
        wrong.Errors.Keys.Should().BeEquivalentTo("/secrets/apikey", "/secrets/apiKey");
        (await _api.AskAsync("PUT", $"{Providers}/flite/secrets", """{"secrets":{}}""")).IsProblem(400, "invalid-request");
        (await _api.AskAsync("PUT", $"{Providers}/openai/secrets", "{}", "acme", ("If-Match", "*"))).IsProblem(400, "invalid-request");
        (await _api.AskAsync("DELETE", $"{Providers}/openai/secrets?name=other")).IsProblem(404, "not-found");
        (await _api.AskAsync("DELETE", $"{Providers}/openai/secrets?name=apiKey")).Status.Should().Be(204);
        ((bool)(await _api.AskAsync("GET", $"{Providers}/openai")).Body!["secrets"]!["apiKey"]!["set"]!).Should().BeFalse();
    }

    [Test]
    public async Task Lists_every_provider_with_what_the_organization_has_set()
    {
        await PutAsync("openai", "{}");
        await PutAsync("groq", """{"isEnabled":false}""");

        var all = await _api.AskAsync("GET", $"{Providers}?type=llm");
        var enabled = await _api.AskAsync("GET", $"{Providers}?enabled=true");

        var openai = all.Body!["providers"]!.AsArray().Single(provider => (string?)provider!["key"] == "openai")!;
        openai["missingSecrets"]!.ToJsonString().Should().Be("""["apiKey"]""");
        all.Body["providers"]!.AsArray().Count.Should().BeGreaterThan(3);
        enabled.Body!["providers"]!.AsArray().Select(provider => (string)provider!["key"]!).Should().Equal("openai");
        (await _api.AskAsync("GET", $"{Providers}?enabled=perhaps")).IsProblem(400, "invalid-request");
    }

    [Test]
    public async Task Refuses_to_change_what_a_file_describes_and_names_the_file()
    {
        foreach (var (method, path, body) in new[]
        {
            ("PUT", $"{Providers}/flite/config", "{}"),
            ("DELETE", $"{Providers}/flite/config", null),
            ("PUT", $"{Providers}/openai/secrets", """{"secrets":{"apiKey":"x"}}"""),
            ("DELETE", $"{Providers}/openai/secrets", null),
            ("PUT", "/api/organizations/current/agents/default", "{}"),
            ("DELETE", "/api/organizations/filed", null),
        })
        {
            var answer = await _api.AskAsync(method, path, body, FileOrganizations.Id);

            answer.IsProblem(409, "managed-by-file");
            ((string?)answer.Body!["file"]).Should().Be(FileOrganizations.File);
        }

        var read = await _api.AskAsync("GET", "/api/organizations/current", null, FileOrganizations.Id);
        ((string?)read.Body!["origin"], (string?)read.Body["file"]).Should().Be(("file", FileOrganizations.File));
    }

    [Test]
    public async Task Explains_where_every_value_comes_from()
    {
        await PutAsync("openai", """{"config":{"model":"gpt-6-sol"}}""");
        await SecretAsync("openai", "sk-explained-01234567");
        await PutAsync("groq", "{}");

        var answer = await _api.AskAsync("GET", $"{Providers}/llm/explain");
        var primary = await _api.AskAsync("GET", $"{Providers}/llm/primary");

        var chain = answer.Body!["chain"]!.AsArray();
        chain.Select(entry => ((string)entry!["key"]!, (string)entry["origin"]!)).Should().Equal(("openai", "api"), ("openai-compatible", "environment"));
        var values = chain[0]!["values"]!.AsArray().ToDictionary(value => (string)value!["pointer"]!, value => (string)value!["origin"]!);
        (values["/model"], values["/baseUrl"]).Should().Be(("api", "default"));
        chain[0]!["secrets"]!.ToJsonString().Should().Be("""[{"name":"apiKey","set":true,"origin":"api"}]""");
        answer.Body["problems"]!.AsArray().Single()!["missingSecret"]!.ToString().Should().Be("apiKey");
        answer.Body["mode"]!.ToString().Should().Be("hybrid");
        ((string?)primary.Body!["key"], (string?)primary.Body["origin"]).Should().Be(("openai", "api"));
        (await _api.AskAsync("GET", $"{Providers}/video/explain")).IsProblem(404, "not-found");
        (await _api.AskAsync("GET", $"{Providers}/llm/explain?agent=nobody")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task Shows_the_hosts_own_settings_to_its_operator_alone()
    {
        var key = await _api.KeyAsync("acme");

        foreach (var path in new[] { "llm/explain", "llm/primary" })
        {
            (await _api.AskAsync("GET", $"{Providers}/{path}")).Body!.ToJsonString().Should().Contain("operators-own.example.com");
            var answer = await _api.AskWithAsync(key, "GET", $"{Providers}/{path}");
            answer.Status.Should().Be(200);
            answer.Body!.ToJsonString().Should().Contain("openai-compatible").And.NotContain("operators-own.example.com");
        }
    }

    [Test]
    public async Task Says_what_the_default_organization_has_where_only_the_environment_serves_it()
    {
        (await _api.AskAsync("GET", Enabled, organization: null)).Body!.ToJsonString().Should().Be("""{"organizationId":"default","revision":0,"providers":[]}""");
        ((string?)(await _api.AskAsync("GET", "/api/organizations/current", organization: null)).Body!["origin"]).Should().Be("environment");
        (await _api.AskAsync("GET", $"{Providers}/openai", organization: null)).Status.Should().Be(200);
        (await _api.AskAsync("GET", "/api/organizations/current", organization: "nobody")).IsProblem(404, "unknown-organization");
    }

    [Test]
    public async Task Tries_a_provider_with_what_is_stored()
    {
        await PutAsync("flite", "{}");

        var test = await _api.AskAsync("POST", $"{Providers}/scripted/test");

        test.Status.Should().Be(200);
        test.Body!["ok"]!.GetValue<bool>().Should().BeTrue();
        (await _api.AskAsync("GET", "/api/providers/scripted/models")).IsProblem(404, "not-found");
        (await _api.AskAsync("POST", $"{Providers}/nothing/test")).IsProblem(404, "unknown-provider");
    }

    private Task<ApiAnswer> PutAsync(string key, string body, params (string, string)[] headers) =>
        _api.AskAsync("PUT", $"{Providers}/{key}/config", body, "acme", headers);

    private async Task SecretAsync(string key, string value) =>
        (await _api.AskAsync("PUT", $"{Providers}/{key}/secrets", new JsonObject { ["secrets"] = new JsonObject { ["apiKey"] = value } }.ToJsonString())).Status.Should().Be(200);
}
