using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Api;
using Aico.Host.Calls.Rooms;
using Aico.Host.Calls.Rooms.Sessions;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Api;
using Aico.Testing.Http;
using Aico.Testing.LiveKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Api;

/// <summary>The API on a real port, before services that a test scripts: two organizations, and a LiveKit server that answers as it is told.</summary>
internal sealed class ScriptedApi : IAsyncDisposable
{
    public const string Key = "the-key-of-the-tests";
    public const string Organization = "acme";
    public const string Other = "globex";

    private readonly HttpClient _http = new(new SocketsHttpHandler());
    private readonly SocketsHttpHandler _toLiveKit = new();
    private ApiServer _server = null!;

    private ScriptedApi()
    {
    }

    public LocalHttpServer LiveKit { get; private set; } = null!;

    public RoomCallRegistry Calls { get; } = new(TimeProvider.System);

    public LiveKitTokens Tokens { get; } = new("devkey", "a-secret-of-the-tests-only-0123456789");

    public List<string> Problems { get; } = [];

    public bool IsBroken { get; set; }

    public bool IsStopping { get; set; }

    public Uri Address => _server.Address;

    public static async Task<ScriptedApi> StartAsync(ApiOptions? options = null, bool hasLiveKit = true)
    {
        var api = new ScriptedApi { LiveKit = await LocalHttpServer.StartAsync() };
        var settings = new LiveKitSettings { Url = new Uri(api.LiveKit.Url), Key = api.Tokens.Key, Secret = new Secret(api.Tokens.Secret) };
        var server = new LiveKitApi(settings, api._toLiveKit, TimeProvider.System);
        var issuer = new TokenIssuer(settings, TimeProvider.System);
        var services = new ApiServices
        {
            Agents = new TwoOrganizations(),
            Calls = api.Calls,
            LiveKit = hasLiveKit
                ? new ApiLiveKit(
                    settings,
                    "aico",
                    issuer,
                    new WebhookVerifier(new TokenVerifier(settings, TimeProvider.System)),
                    new SessionStarter(server, issuer, api.Calls, "aico", TimeProvider.System, NullLogger<SessionStarter>.Instance),
                    new LiveKitAdministration(server))
                : null,
            Problems = () => api.Problems,
            IsBroken = () => api.IsBroken,
            IsStopping = () => api.IsStopping,
            Loggers = NullLoggerFactory.Instance,
        };
        api._server = await ApiServer.StartAsync(
            (options ?? new ApiOptions { Key = new Secret(Key) }) with { Port = 0 },
            services,
            CancellationToken.None);
        return api;
    }

    /// <summary>Asks as somebody who has the key.</summary>
    public Task<ApiAnswer> AskAsync(HttpMethod method, string path, string? body = null, string? organization = null) =>
        SendAsync(method, path, body, ("X-Api-Key", Key), ("X-Organization-Id", organization ?? Organization));

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new ApiAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers);
    }

    /// <summary>Sends a request that is given up as soon as the LiveKit server has it.</summary>
    public async Task AbandonAsync(string body, Task when)
    {
        using var gone = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "/api/sessions"));
        request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        request.Headers.Add("X-Api-Key", Key);
        request.Headers.Add("X-Organization-Id", Organization);
        var sending = _http.SendAsync(request, gone.Token);
        await when;
        gone.Cancel();
        await FluentActions.Awaiting(() => sending).Should().ThrowAsync<OperationCanceledException>();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await LiveKit.DisposeAsync();
        _http.Dispose();
        _toLiveKit.Dispose();
    }

    private sealed class TwoOrganizations : IAgentDirectory
    {
        public string? DefaultOrganizationId => null;

        public ValueTask<bool> KnowsAsync(string organizationId, CancellationToken ct) => ValueTask.FromResult(organizationId is Organization or Other);

        public ValueTask<AgentLease> LeaseAsync(string organizationId, string? agentName, CancellationToken ct) => throw new InvalidOperationException("The API lends no agents.");
    }
}
