using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aico.Testing.LiveKit;

namespace Aico.Host.Tests.EndToEnd.Rooms;

/// <summary><c>aico serve</c> of the assembled program as a process of its own, with its log and its API.</summary>
internal sealed partial class ServingAico : IAsyncDisposable
{
    public const string ApiKey = "the-key-of-the-tests";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler()) { Timeout = LiveKitTestServer.Patience };
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(10), TimeProvider.System);
    private readonly Lock _lock = new();
    private TaskCompletionSource _logged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServingAico(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Standard output and standard error.</summary>
    public string Log => string.Join('\n', _log);

    public Uri Address { get; private set; } = null!;

    /// <summary>Starts it and waits until its API listens.</summary>
    /// <param name="server">The LiveKit server; null: none.</param>
    /// <param name="variables">Further variables of its environment.</param>
    /// <param name="options">Of the command.</param>
    public static async Task<ServingAico> StartAsync(LiveKitTestServer? server, Dictionary<string, string?>? variables, params string[] options)
    {
        var start = AicoProcess.Start(["serve", "--port", "0", .. options]);
        if (server is not null)
        {
            start.Environment["LIVEKIT_URL"] = server.Url.AbsoluteUri;
            start.Environment["LIVEKIT_API_KEY"] = server.Tokens.Key;
            start.Environment["LIVEKIT_API_SECRET"] = server.Tokens.Secret;
        }

        start.Environment["AICO_INTERNAL_API_KEY"] = ApiKey;
        foreach (var (name, value) in variables ?? [])
        {
            start.Environment[name] = value;
        }

        var aico = new ServingAico(Process.Start(start)!);
        var ended = aico._process.WaitForExitAsync(aico._patience.Token);
        if (await Task.WhenAny(aico._listening.Task, ended) == ended)
        {
            throw new InvalidOperationException($"It did not serve. It printed:\n{aico.Log}");
        }

        aico.Address = await aico._listening.Task;
        aico._http.BaseAddress = aico.Address;
        aico._http.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
        return aico;
    }

    /// <summary>What is no JSON.</summary>
    public Task<string> ReadAsync(string path) => _http.GetStringAsync(new Uri(path, UriKind.Relative), _patience.Token);

    /// <summary>Waits until so many lines of the log, old or to come, have a text in them.</summary>
    public async Task LoggedAsync(string text, int times = 1)
    {
        using var patience = new CancellationTokenSource(LiveKitTestServer.Patience, TimeProvider.System);
        while (true)
        {
            Task logged;
            lock (_lock)
            {
                logged = _logged.Task;
            }

            if (_log.Count(line => line.Contains(text, StringComparison.Ordinal)) >= times)
            {
                return;
            }

            try
            {
                await logged.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Its log does not say \"{text}\" {times} times:\n{Log}");
            }
        }
    }

    public Task<(int Status, JsonNode Body)> GetAsync(string path) => AskAsync(HttpMethod.Get, path, null);

    public Task<(int Status, JsonNode Body)> PostAsync(string path, object body) => AskAsync(HttpMethod.Post, path, body);

    public Task<(int Status, JsonNode Body)> DeleteAsync(string path) => AskAsync(HttpMethod.Delete, path, null);

    /// <summary>Sends a signal, such as TERM.</summary>
    public Task SignalAsync(string name) => SignalAsync(name, _process.Id);

    /// <summary>Sends a signal to any process. False where there is none of this id.</summary>
    public static async Task<bool> SignalAsync(string name, int processId)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-" + name, $"{processId}"]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync();
        return kill.ExitCode == 0;
    }

    public async Task<int> ExitCodeAsync()
    {
        using var patience = new CancellationTokenSource(LiveKitTestServer.Patience, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It did not end. Its log:\n{Log}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        _http.Dispose();
        _patience.Dispose();
    }

    private async Task<(int Status, JsonNode Body)> AskAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, JsonNode.Parse(text.Length == 0 ? "{}" : text)!);
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _log.Enqueue(line);
        lock (_lock)
        {
            _logged.SetResult();
            _logged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"The API listens on (\S+)")]
    private static partial Regex Listening();
}
