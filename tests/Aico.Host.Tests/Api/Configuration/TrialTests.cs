using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Aico.Host.Providers.Egress;
using Aico.Host.Storage;
using Aico.Testing.Deepgram;
using Aico.Testing.Http;
using Aico.Testing.Piper;
using Aico.Testing.Vendors;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>Trying providers through the whole server, against vendors' servers as far as their documentation says.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TrialTests
{
    private const string Providers = "/api/organizations/current/providers";
    private const string Wrong = "dg-CANARY-0123456789";

    private readonly FakeDeepgram _deepgram = new();
    private readonly FakePiper _piper = new(3);
    private readonly FakePiper _inside = new(3);
    private readonly CollectedLog _log = new();
    private readonly List<ApiAnswer> _answers = [];
    private ILoggerFactory _loggers = null!;
    private LocalHttpServer _models = null!;
    private ConfigurationApi _api = null!;
    private int _closed;

    [SetUp]
    public async Task Start()
    {
        await _deepgram.StartAsync();
        await _piper.StartAsync();
        await _inside.StartAsync();
        _models = await LocalHttpServer.StartAsync();
        _closed = ClosedPort();
        _loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        var allowed = new[] { _deepgram.Url, _piper.Url, _models.Url, $"http://127.0.0.1:{_closed}" }.Select(url => new Uri(url).Authority);
        _api = await ConfigurationApi.StartAsync(loggers: _loggers, egress: EgressPolicy.Parse(string.Join(',', allowed)));
        await _api.MakeAsync("acme");
    }

    [TearDown]
    public async Task Stop()
    {
        string[] secrets = [FakeDeepgram.Key, Wrong, ConfigurationApi.InternalKey];
        var text = _log.Text + string.Join('\n', _answers.Select(answer => answer.Body?.ToJsonString() + answer.Headers));
        await _api.DisposeAsync();
        await _models.DisposeAsync();
        await _inside.DisposeAsync();
        await _piper.DisposeAsync();
        await _deepgram.DisposeAsync();
        _loggers.Dispose();
        _log.Dispose();
        text.Should().NotContainAny(secrets);
    }

    [Test]
    public async Task A_key_that_the_service_takes_is_good_and_lists_what_there_is()
    {
        await SetAsync("deepgram", _deepgram.Url, FakeDeepgram.Key);
        await SetAsync("deepgram-tts", _deepgram.Url, FakeDeepgram.Key);

        var test = await TestAsync("deepgram");
        var models = await AskAsync("GET", "/api/providers/deepgram/models");
        var voices = await AskAsync("GET", "/api/providers/deepgram-tts/voices");

        ((bool)test["ok"]!, (string?)test["message"], (string?)test["failure"]).Should().Be((true, "Deepgram accepts the key.", null));
        test["warnings"]!.AsArray().Should().BeEmpty();
        models.Body!["models"]!.AsArray().Should().ContainSingle().Which!["id"]!.GetValue<string>().Should().Be("nova-3-general");
        var voice = voices.Body!["voices"]!.AsArray().Should().ContainSingle().Which!;
        ((string?)voice["id"], (string?)voice["description"]).Should().Be(("aura-2-thalia-en", "American, Adult, feminine"));
        _deepgram.Violations.Should().BeEmpty();
    }

    [Test]
    public async Task A_server_without_keys_and_one_that_speaks_as_OpenAI_does_are_tried_too()
    {
        _models.Default = LocalResponse.Text(200, """{"object":"list","data":[{"id":"llama","object":"model"}]}""");
        await SetAsync("piper", _piper.Url);
        await SetAsync("openai-compatible", $"{_models.Url}/v1", model: "llama");

        ((string?)(await TestAsync("piper"))["message"]).Should().Be("The Piper server answers.");
        (await AskAsync("GET", "/api/providers/piper/voices")).Body!["voices"]!.AsArray().Select(voice => (string)voice!["id"]!).Should().Contain(FakePiper.Voice);
        ((bool)(await TestAsync("openai-compatible"))["ok"]!).Should().BeTrue();
        (await AskAsync("GET", "/api/providers/openai-compatible/models")).Body!["models"]!.AsArray().Should().ContainSingle().Which!["id"]!.GetValue<string>().Should().Be("llama");
        (await AskAsync("GET", "/api/providers/piper/models")).IsProblem(404, "not-found");
    }

    [Test]
    public async Task A_key_that_the_service_refuses_is_named_as_what_is_wrong()
    {
        await SetAsync("deepgram", _deepgram.Url, Wrong);

        var test = await TestAsync("deepgram");
        var models = await AskAsync("GET", "/api/providers/deepgram/models");

        ((bool)test["ok"]!, (string?)test["failure"]).Should().Be((false, "unauthorized"));
        ((string?)test["message"]).Should().Be("Deepgram answered HTTP 401: Invalid credentials. Check the API key and what it may do.");
        models.IsProblem(502, "provider-failed");
        ((string?)models.Body!["failure"]).Should().Be("unauthorized");
        ((string?)models.Body["detail"]).Should().Be((string?)test["message"]);
    }

    [Test]
    public async Task A_service_that_repeats_the_key_in_its_refusal_does_not_make_the_API_repeat_it()
    {
        _deepgram.RefuseWith = 403;
        _deepgram.RefusalBody = $$"""{"err_code":"FORBIDDEN","err_msg":"The key {{Wrong}} may not do this."}""";
        await SetAsync("deepgram", _deepgram.Url, Wrong);

        ((string?)(await TestAsync("deepgram"))["message"]).Should().Contain("The key *** may not do this.");
        (await AskAsync("GET", "/api/providers/deepgram/models")).IsProblem(502, "provider-failed");
    }

    [Test]
    public async Task A_server_that_is_away_is_said_to_be_unreachable()
    {
        await SetAsync("deepgram", $"http://127.0.0.1:{_closed}", Wrong);

        var test = await TestAsync("deepgram");

        ((bool)test["ok"]!, (string?)test["failure"]).Should().Be((false, "unavailable"));
        ((string?)test["message"]).Should().StartWith($"Deepgram at http://127.0.0.1:{_closed}/v1/").And.Contain("cannot be reached");
        (await AskAsync("GET", "/api/providers/deepgram/models")).IsProblem(502, "provider-failed");
    }

    [Test]
    public async Task An_address_inside_the_operator_s_network_is_refused_when_it_is_written_and_when_it_is_tried()
    {
        var written = await AskAsync("PUT", $"{Providers}/piper/config", Config(_inside.Url));
        // It was written while the operator allowed it.
        await _api.Store.ApplyAsync(
            [new StoreChange.PutProvider("acme", "piper", new JsonObject { ["baseUrl"] = _inside.Url }.ToJsonString(), true, 100)], new StoreActor("test"), CancellationToken.None);

        var test = await TestAsync("piper");
        var voices = await AskAsync("GET", "/api/providers/piper/voices");

        written.IsProblem(400, "invalid-request");
        written.Errors.Should().ContainKey("/config/baseUrl").WhoseValue.Should().Contain(EgressPolicy.Variable);
        ((bool)test["ok"]!, (string?)test["failure"]).Should().Be((false, "invalidRequest"));
        ((string?)test["message"]).Should().Contain("127.0.0.1:").And.Contain(EgressPolicy.Variable);
        voices.IsProblem(502, "provider-failed");
        ((string?)voices.Body!["failure"]).Should().Be("invalidRequest");
        _inside.Requests.Should().BeEmpty("nothing was sent there");
    }

    [Test]
    public async Task Secrets_that_are_missing_are_listed_before_anything_is_asked()
    {
        await AskAsync("PUT", $"{Providers}/groq/config", "{}");

        var test = await AskAsync("POST", $"{Providers}/groq/test");

        test.IsProblem(412, "missing-secrets");
        test.Body!["missingSecrets"]!.ToJsonString().Should().Be("""[{"provider":"groq","secrets":["apiKey"]}]""");
        (await AskAsync("GET", "/api/providers/groq/models")).IsProblem(412, "missing-secrets");
        (await AskAsync("POST", $"{Providers}/groc/test")).IsProblem(404, "unknown-provider");
    }

    private async Task SetAsync(string provider, string url, string? key = null, string? model = null)
    {
        (await AskAsync("PUT", $"{Providers}/{provider}/config", Config(url, model))).Status.Should().Be(200);
        if (key is not null)
        {
            (await AskAsync("PUT", $"{Providers}/{provider}/secrets", $$$"""{"secrets":{"apiKey":"{{{key}}}"}}""")).Status.Should().Be(200);
        }
    }

    private static string Config(string url, string? model = null)
    {
        var config = new JsonObject { ["baseUrl"] = url };
        if (model is not null)
        {
            config["model"] = model;
        }

        return new JsonObject { ["config"] = config }.ToJsonString();
    }

    private async Task<JsonNode> TestAsync(string provider)
    {
        var answer = await AskAsync("POST", $"{Providers}/{provider}/test");
        answer.Status.Should().Be(200);
        return answer.Body!;
    }

    private async Task<ApiAnswer> AskAsync(string method, string path, string? body = null)
    {
        var answer = await _api.AskAsync(method, path, body);
        _answers.Add(answer);
        return answer;
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
