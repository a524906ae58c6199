using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Aico.Testing.LiveKit;

/// <summary>
/// A caller whose WebRTC nobody here wrote (tests/livekit-test-server/caller.mjs), in a process of its own: joins by a token, speaks files,
/// records what it hears, and tells all of it as events.
/// </summary>
internal sealed class CallerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly CancellationTokenSource _patience = new(LiveKitTestServer.Patience * 2, TimeProvider.System);
    private readonly Lock _lock = new();
    private readonly List<JsonNode> _events = [];
    private readonly Task _reading;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private CallerProcess(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    public IReadOnlyList<JsonNode> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <param name="url">The server.</param>
    /// <param name="token">Joins the room.</param>
    /// <param name="options">Of caller.mjs.</param>
    public static CallerProcess Start(Uri url, string token, params string[] options)
    {
        var start = new ProcessStartInfo("node", ["caller.mjs", "--url", url.AbsoluteUri, "--token", token, "--json", .. options])
        {
            WorkingDirectory = Path.Combine(TestPaths.Repository, "tests", "livekit-test-server"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        // LiveKit's own log, which nobody reads but which would fill the pipe.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new CallerProcess(process);
    }

    /// <summary>The first event of this name, old or to come.</summary>
    public async Task<JsonNode> WaitAsync(string name, Func<JsonNode, bool>? matches = null)
    {
        for (var seen = 0; ;)
        {
            Task changed;
            lock (_lock)
            {
                for (; seen < _events.Count; seen++)
                {
                    if ((string)_events[seen]["event"]! == name && matches?.Invoke(_events[seen]) is not false)
                    {
                        return _events[seen];
                    }
                }

                changed = _changed.Task;
            }

            if (_reading.IsCompleted && seen == Events.Count)
            {
                throw new InvalidOperationException($"The caller ended without \"{name}\". {Told()}");
            }

            try
            {
                await Task.WhenAny(changed, _reading).WaitAsync(_patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"The caller did not see \"{name}\". {Told()}");
            }
        }
    }

    /// <summary>All events of this name until now.</summary>
    public IReadOnlyList<JsonNode> All(string name) => [.. Events.Where(entry => (string)entry["event"]! == name)];

    /// <summary>Says a file, where it was started with --stdin, and hears the answer; "answer_ended" tells of both.</summary>
    public async Task SayAsync(string file)
    {
        await _process.StandardInput.WriteLineAsync(file);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Presses telephone keys, where it was started with --stdin.</summary>
    public Task PressAsync(string keys) => SayAsync($"keys {keys}");

    /// <summary>Leaves the room, where it was started with --stdin, and waits for the end of what it does.</summary>
    public async Task LeaveAsync()
    {
        _process.StandardInput.Close();
        await EndAsync();
    }

    /// <summary>Waits until it has done all it was told to. Fails where it waited for something in vain.</summary>
    public async Task EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync(_patience.Token);
            await _reading;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The caller did not end. {Told()}");
        }

        _process.ExitCode.Should().Be(0, "it waited for nothing in vain. {0}", Told());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        await _reading;
        _process.Dispose();
        _patience.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_lock)
            {
                _events.Add(JsonNode.Parse(line)!);
                _changed.SetResult();
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private string Told() => $"It told:\n{string.Join('\n', Events.Select(entry => entry.ToJsonString()))}";
}
