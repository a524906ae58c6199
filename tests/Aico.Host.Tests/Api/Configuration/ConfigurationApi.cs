using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Api;
using Aico.Host.Api.Health;
using Aico.Host.Api.Status;
using Aico.Host.Api.Tokens;
using Aico.Host.Calls.Rooms;
using Aico.Host.Calls.Rooms.Sessions;
using Aico.Host.Cli.Serve;
using Aico.Host.Hosts;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Api;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Files;
using Aico.Host.Organizations.Keys;
using Aico.Host.Organizations.Remote;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Organizations.Variables;
using Aico.Host.Providers.Egress;
using Aico.Host.Providers.Fallback;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Aico.Host.Telemetry;
using Aico.Host.Telemetry.Live;
using Aico.Testing;
using Aico.Testing.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>
/// The API on a real port before a real store in a folder of its own and the built plugins. Every answer is held against the OpenAPI
/// document. The default organization is served by the environment alone; one is described by a file; others are made by the tests.
/// </summary>
internal sealed class ConfigurationApi : IAsyncDisposable
{
    public const string InternalKey = "the-internal-key-of-the-tests";
    public const string MetricsKey = "the-metrics-key-of-the-tests";
    public const string Default = "default";

    // The same for all: it depends on the program and its plugins alone, and costs more to make than most tests.
    private static OpenApiCheck? _document;

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });
    private readonly SocketsHttpHandler _toLiveKit = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aico-test-");
    private readonly Stack<IAsyncDisposable> _owned = new();
    private ApiServer _server = null!;
    private OpenApiCheck _check = null!;
    private ChangeFeed _feed = null!;

    private ConfigurationApi()
    {
    }

    public AicoHost Host { get; private set; } = null!;

    public SqliteStore Store { get; private set; } = null!;

    public OrganizationChanges Changes { get; private set; } = null!;

    public ApiKeys Keys { get; private set; } = null!;

    public OrganizationCache Cache { get; private set; } = null!;

    public FileOrganizations Files { get; } = new();

    /// <summary>What the host says of its files.</summary>
    public IReadOnlyList<OrganizationFileStatus> FileStatus { get; set; } = [];

    public RoomCallRegistry Calls { get; private set; } = null!;

    public NoAgents Agents { get; } = new();

    public HostTelemetry Telemetry { get; private set; } = null!;

    /// <summary>What is wrong, by the name of the check.</summary>
    public Dictionary<string, string> Failing { get; } = [];

    /// <summary>What the host says of its worker.</summary>
    public WorkerReading? Worker { get; set; }

    public List<OutageView> Outages { get; } = [];
    public HostRegistry Hosts { get; private set; } = null!;

    public string Folder => _folder.FullName;

    public Uri Address => _server.Address;

    /// <param name="clock">Null: real time.</param>
    /// <param name="rate">Of an organization's callers.</param>
    /// <param name="loggers">Null: nothing is logged.</param>
    /// <param name="jwt">An identity provider whose tokens are taken.</param>
    /// <param name="egress">Where organizations' providers may lead; null: anywhere.</param>
    public static async Task<ConfigurationApi> StartAsync(
        TimeProvider? clock = null, ApiRate? rate = null, ILoggerFactory? loggers = null, JwtOptions? jwt = null, EgressPolicy? egress = null)
    {
        var api = new ConfigurationApi();
        var (time, logs) = (clock ?? TimeProvider.System, loggers ?? NullLoggerFactory.Instance);
        api.Calls = new RoomCallRegistry(time);
        api.Host = BuiltHost.Open(new AicoHostOptions
        {
            FurtherPluginFolders = [],
            LoggerFactory = logs,
            Egress = egress ?? EgressPolicy.Unrestricted,
        });
        var data = new DataFolder(api.Folder);
        api.Store = await SqliteStore.OpenAsync(data.Database, time, logs, CancellationToken.None);
        api._owned.Push(api.Host);
        api._owned.Push(api.Store);
        var vault = new SecretVault(MasterKeys.Open(data, new Dictionary<string, string>()));
        var stored = new StoredOrganizations(api.Store, vault);
        var source = new OrganizationSources([api.Files, stored]);
        var variables = new Dictionary<string, string> { ["LLM_PROVIDER"] = "openai-compatible", ["LLM_BASE_URL"] = "http://operators-own.example.com/v1" };
        api.Cache = new OrganizationCache(
            source,
            new OrganizationResolver(new EnvironmentProviders(variables, [], new Dictionary<ProviderKind, string>()), usesEnvironment: true),
            api.Host.Catalog,
            new OrganizationCacheOptions { DefaultOrganizationId = Default },
            time,
            NullLogger.Instance);
        api.Changes = new OrganizationChanges(api.Store, vault, stored, source, new ConfigurationRules(api.Host.Catalog, egress));
        api.Keys = new ApiKeys(api.Store, time);
        var feed = new ChangeFeed(source);
        api.Telemetry = new HostTelemetry(new TelemetrySettings(), api.Readings(), time, logs);
        api._feed = feed;
        var services = new ApiServices
        {
            Agents = api.Agents,
            Calls = api.Calls,
            LiveKit = await api.LiveKitAsync(),
            Problems = () => [],
            IsBroken = () => false,
            Loggers = logs,
            Time = time,
            Configuration = new ApiConfiguration(api.Host.Catalog, api.Host.Providers, api.Cache, source, api.Changes, api.Keys, api.Store) { Files = () => api.FileStatus },
            Authenticators = ServeRunner.Authenticators(api.Keys, api.Cache, jwt is null ? null : new JwtCallers(jwt, api.Host.Http, time)),
            Backend = new ApiBackend(source, feed, new Secret(InternalKey)),
            Telemetry = new ApiTelemetry(api.Telemetry.Status, api.Telemetry.WriteMetrics),
            Checks = [.. new[] { "database", "plugins" }.Select(name => new ReadinessCheck(name, IsForApi: true, _ => ValueTask.FromResult(api.Failing.GetValueOrDefault(name)))),
                new ReadinessCheck("headroom", IsForApi: false, _ => ValueTask.FromResult(api.Failing.GetValueOrDefault("headroom")))],
            Hosts = api.Hosts = new HostRegistry(time),
        };
        api._server = await ApiServer.StartAsync(new ApiOptions { Port = 0, Key = new Secret(InternalKey), MetricsKey = new Secret(MetricsKey), Rate = rate }, services, CancellationToken.None);
        api._owned.Push(api._server);
        api._check = _document ??= new OpenApiCheck(JsonNode.Parse(await api._http.GetStringAsync(new Uri(api.Address, "/openapi/v1.json")))!);
        return api;
    }

    public OpenApiCheck OpenApi => _check;

    /// <summary>What is really mapped.</summary>
    public IReadOnlyList<string> Routes => _server.Routes;

    /// <summary>An organization, made by the operator.</summary>
    public async Task MakeAsync(string id) =>
        (await AskAsync("POST", "/api/organizations", $$"""{"id":"{{id}}","name":"{{id}}"}""", organization: null)).Status.Should().Be(201);

    /// <summary>A key of an organization; all scopes where none is named.</summary>
    public async Task<string> KeyAsync(string organization, params string[] scopes) =>
        (await Keys.CreateAsync(organization, "test", scopes.Length == 0 ? ApiKeyScopes.All : scopes, null, new StoreActor("test"), CancellationToken.None)).Token.Reveal();

    /// <summary>Puts a session into the store that has ended when it began.</summary>
    public async Task SaveSessionAsync(string id, string organization, DateTimeOffset started)
    {
        var summary = $$"""{"id":"{{id}}","organizationId":"{{organization}}","roomName":"r","agent":"default","configurationVersion":"api:1","participantIdentity":null,"state":"ended","ready":true,"startedAt":"{{started:O}}","endedAt":"{{started:O}}","endReason":"callerLeft","error":null,"turnCount":1}""";
        await Store.SaveSessionAsync(new SessionRow(id, organization, "r", started, started, summary, """{"turns":[{"user":"hi"}]}"""), CancellationToken.None);
    }

    /// <summary>Asks as the operator.</summary>
    public Task<ApiAnswer> AskAsync(string method, string path, string? body = null, string? organization = "acme", params (string, string)[] headers) =>
        SendAsync(method, path, body, [("Authorization", $"Bearer {InternalKey}"), .. organization is null ? [] : new[] { ("X-Organization-Id", organization) }, .. headers]);

    /// <summary>Asks with an organization's key.</summary>
    public Task<ApiAnswer> AskWithAsync(string key, string method, string path, string? body = null, params (string, string)[] headers) =>
        SendAsync(method, path, body, [("Authorization", $"Bearer {key}"), .. headers]);

    public Task<ApiAnswer> SendAsync(string method, string path, string? body, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")), headers);

    public async Task<ApiAnswer> SendAsync(string method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, path)) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        var answer = new ApiAnswer((int)response.StatusCode, type, text.Length == 0 || type is "text/html" or "text/plain" ? null : JsonNode.Parse(text), response.Headers);
        _check?.Answer(method, request.RequestUri!.AbsolutePath, answer);
        return answer;
    }

    private HostReadings Readings() => new()
    {
        Version = "1.2.3",
        Role = "all",
        Calls = () => Calls.Live,
        Outages = () => Outages,
        Providers = () => [.. Host.Catalog.Definitions.Select(definition => definition.Key)],
        Plugins = () => (Host.Catalog.Plugins.Count, 0),
        DatabaseQueue = () => Store.Waiting,
        LostUsage = () => 0,
        Worker = () => Worker,
    };

    // A server that says yes to everything.
    private async Task<ApiLiveKit> LiveKitAsync()
    {
        var server = await LocalHttpServer.StartAsync();
        server.Default = LocalResponse.Text(200, "{}");
        _owned.Push(server);
        var settings = new LiveKitSettings { Url = new Uri(server.Url), Key = "devkey", Secret = new Secret("a-secret-of-the-tests-only-0123456789") };
        var client = new LiveKitApi(settings, _toLiveKit, TimeProvider.System);
        var tokens = new TokenIssuer(settings, TimeProvider.System);
        return new ApiLiveKit(
            settings,
            "aico",
            tokens,
            new WebhookVerifier(new TokenVerifier(settings, TimeProvider.System)),
            new SessionStarter(client, tokens, Calls, "aico", TimeProvider.System, NullLogger<SessionStarter>.Instance),
            new LiveKitAdministration(client));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        while (_owned.TryPop(out var owned))
        {
            await owned.DisposeAsync();
        }

        _feed.Dispose();
        _toLiveKit.Dispose();
        Cache.Dispose();
        _folder.Delete(recursive: true);
    }
}
