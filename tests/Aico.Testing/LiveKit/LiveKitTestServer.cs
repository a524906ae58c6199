using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aico.Testing.LiveKit;

/// <summary>
/// The server of tests/livekit-test-server in a process of its own, which ends with ours. Where AICO_TEST_LIVEKIT_URL, _KEY and _SECRET are
/// set, rooms are on that server instead, and what needs the control API is not there.
/// </summary>
internal sealed class LiveKitTestServer : IAsyncDisposable
{
    // No test fails by this one unless something hangs: the slowest thing waited for is a server that comes back.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static readonly string _folder = Path.Combine(TestPaths.Repository, "tests", "livekit-test-server");

    private readonly Process? _process;
    private readonly HttpClient _http = new(new SocketsHttpHandler()) { Timeout = Patience };
    private readonly string _control;

    private LiveKitTestServer(Process? process, Uri url, string control, LiveKitTokens tokens)
    {
        _process = process;
        Url = url;
        _control = control;
        Tokens = tokens;
    }

    public Uri Url { get; }

    public LiveKitTokens Tokens { get; }

    /// <summary>False on a real server: it cannot be told to fail.</summary>
    public bool HasControl => _process is not null;

    public static async Task<LiveKitTestServer> StartAsync(params string[] options)
    {
        if (Environment.GetEnvironmentVariable("AICO_TEST_LIVEKIT_URL") is { Length: > 0 } real)
        {
            return new LiveKitTestServer(null, new Uri(real), "", new LiveKitTokens(Need("AICO_TEST_LIVEKIT_KEY"), Need("AICO_TEST_LIVEKIT_SECRET")));
        }

        if (!Directory.Exists(Path.Combine(_folder, "node_modules")))
        {
            throw new InvalidOperationException("The test server's packages are missing: run npm ci in tests/livekit-test-server, as ./build.sh test does.");
        }

        var tokens = new LiveKitTokens("devkey", "a-secret-of-the-tests-only-0123456789");
        var start = new ProcessStartInfo("node") { WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["server.mjs", "--key", tokens.Key, "--secret", tokens.Secret, "--exit-with-stdin", .. options])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The test server ended before it said where it listens; node server.mjs in tests/livekit-test-server says why.");
        var said = JsonNode.Parse(line)!;
        return new LiveKitTestServer(process, new Uri((string)said["url"]!), (string)said["control"]!, tokens);
    }

    /// <summary>A name that no other room of this or an earlier run has.</summary>
    public static string NewRoom() => $"room-{Guid.NewGuid():N}";

    public string Token(string room, string identity, string kind = "standard") => Tokens.Join(room, identity, TimeProvider.System.GetUtcNow(), kind);

    /// <summary>Asks the control API; README.md of the server lists the requests.</summary>
    public async Task<JsonNode> PostAsync(string path, object? body = null)
    {
        using var response = await _http.PostAsJsonAsync($"{_control}/{path}", body ?? new { });
        return await AnswerAsync(response, path);
    }

    public async Task<JsonNode> StateAsync()
    {
        using var response = await _http.GetAsync(new Uri($"{_control}/state"));
        return await AnswerAsync(response, "state");
    }

    public async Task ClearRulesAsync()
    {
        using var response = await _http.DeleteAsync(new Uri($"{_control}/rules"));
        await AnswerAsync(response, "rules");
    }

    /// <summary>Waits for an entry of the journal, old or to come.</summary>
    public async Task<JsonNode> WaitAsync(object match)
    {
        var asked = JsonSerializer.SerializeToNode(match)!;
        asked["timeoutMs"] = Patience.TotalMilliseconds / 2;
        return (await PostAsync("wait", asked))["entry"]
            ?? throw new InvalidOperationException($"Nothing like {asked.ToJsonString()} in the test server's journal.");
    }

    /// <summary>A call of the server's own API, which the real one has too.</summary>
    public async Task<JsonNode> TwirpAsync(string room, string method, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(Url) { Scheme = Url.Scheme == "wss" ? "https" : "http", Path = $"/twirp/livekit.{method}" }.Uri);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.Admin(room, TimeProvider.System.GetUtcNow()));
        request.Content = JsonContent.Create(body);
        // The real server takes no chunked bodies.
        await request.Content.LoadIntoBufferAsync();
        using var response = await _http.SendAsync(request);
        return await AnswerAsync(response, method);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    private static async Task<JsonNode> AnswerAsync(HttpResponseMessage response, string what)
    {
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text.Length == 0 ? "{}" : text)!
            : throw new InvalidOperationException($"{what}: {(int)response.StatusCode} {text}");
    }

    private static string Need(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} belongs to AICO_TEST_LIVEKIT_URL and is not set.");
}
