using System.Diagnostics;
using System.Text.Json.Nodes;
using Aico.Testing;

namespace Aico.Plugins.Tests.Aimock;

/// <summary>@copilotkit/aimock as a process of its own: a server of language models that nobody here wrote. It takes the key "key-1".</summary>
internal sealed class AimockServer : IAsyncDisposable
{
    private const string Ready = "listening on ";

    private readonly Process _process;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler());

    private AimockServer(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    public static async Task<AimockServer> StartAsync()
    {
        var folder = Path.Combine(TestPaths.Repository, "tests", "aimock");
        Directory.Exists(Path.Combine(folder, "node_modules")).Should().BeTrue("\"npm ci\" was run in tests/aimock");
        // Not by npx: its child would outlive it.
        var start = new ProcessStartInfo("node", ["node_modules/@copilotkit/aimock/dist/aimock-cli.js", "--config", "aimock.json"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            Environment = { ["AIMOCK_API_KEYS"] = "key-1" },
        };
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Ready, StringComparison.Ordinal) is >= 0 and var at)
            {
                return new AimockServer(process, line[(at + Ready.Length)..].Trim());
            }
        }

        throw new InvalidOperationException("aimock did not start; its reason is on stderr.");
    }

    /// <summary>What it received, oldest first.</summary>
    public async Task<JsonArray> JournalAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url + "/__aimock/journal");
        request.Headers.Add("Authorization", "Bearer key-1");
        using var response = await _http.SendAsync(request, CancellationToken.None);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }
}
