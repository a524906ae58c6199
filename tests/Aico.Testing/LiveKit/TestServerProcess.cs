using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aico.Testing.LiveKit;

/// <summary>The LiveKit test server as a process of its own; it ends when this is disposed, or when the tests do.</summary>
internal sealed class TestServerProcess : IAsyncDisposable
{
    public const string Key = "devkey";
    public const string Secret = "a-secret-of-thirty-two-characters-or-more";

    private readonly Process _process;
    private readonly string _control;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());

    private TestServerProcess(Process process, string url, string control)
    {
        _process = process;
        _control = control;
        Url = new Uri(url);
    }

    public Uri Url { get; }

    public static async Task<TestServerProcess> StartAsync(params string[] options)
    {
        var folder = Path.Combine(TestPaths.Repository, "tests", "livekit-test-server");
        Directory.Exists(Path.Combine(folder, "node_modules")).Should().BeTrue("\"npm ci\" was run in tests/livekit-test-server");
        var start = new ProcessStartInfo("node", ["server.mjs", "--key", Key, "--secret", Secret, "--exit-with-stdin", .. options])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The test server did not start; its reason is on stderr.");
        var where = JsonNode.Parse(line)!;
        return new TestServerProcess(process, (string)where["url"]!, (string)where["control"]!);
    }

    public async Task<JsonNode> StateAsync() => (await AskAsync(HttpMethod.Get, "state", null))!;

    public Task AddRuleAsync(JsonObject rule) => AskAsync(HttpMethod.Post, "rules", rule);

    public Task PostAsync(string path, JsonObject? body = null) => AskAsync(HttpMethod.Post, path, body ?? []);

    /// <summary>The first entry of the journal, old or to come, that has these fields.</summary>
    public async Task<JsonNode> WaitAsync(JsonObject fields)
    {
        fields["timeoutMs"] = 30_000;
        var answer = await AskAsync(HttpMethod.Post, "wait", fields);
        return answer!["entry"] ?? throw new TimeoutException($"Nothing in the server's journal has {fields.ToJsonString()}.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }

    private async Task<JsonNode?> AskAsync(HttpMethod method, string path, JsonObject? body)
    {
        using var request = new HttpRequestMessage(method, $"{_control}/{path}");
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await _http.SendAsync(request, CancellationToken.None);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should().BeTrue("the control API took {0}: {1}", path, text);
        return JsonSerializer.Deserialize<JsonNode>(text);
    }
}
