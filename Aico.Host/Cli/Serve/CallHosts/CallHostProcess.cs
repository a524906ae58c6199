using System.ComponentModel;
using System.Diagnostics;

namespace Aico.Host.Cli.Serve.CallHosts;

/// <summary>
/// A call host that was started. Orders go to its standard input, on every system alike; that this ends when this process dies, however, is how
/// a call host learns of it. Not disposed: it lives as long as its process, and is read to the end of that.
/// </summary>
internal sealed class CallHostProcess : ICallHostProcess
{
    private readonly Process _process;
    private readonly Lock _lock = new();

    public CallHostProcess(Process process, int number, CallHostLines lines)
    {
        _process = process;
        Id = process.Id;
        _ = ReadAsync(process.StandardOutput, line => lines.Output(number, line));
        _ = ReadAsync(process.StandardError, line => lines.Error(number, line));
        Exited = EndAsync();
    }

    public int Id { get; }

    public Task<int> Exited { get; }

    public void Drain() => Order(CallHostOrders.DrainLine);

    public void Stop() => Order(CallHostOrders.StopLine);

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended already.
        }
    }

    // Not the end of its output, which a program that it started may hold open.
    private async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private void Order(string line)
    {
        lock (_lock)
        {
            try
            {
                // A few bytes into a pipe that nobody else writes to: it does not wait.
                _process.StandardInput.WriteLine(line);
                _process.StandardInput.Flush();
            }
            catch (IOException)
            {
                // It has ended already.
            }
        }
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> take)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            take(line);
        }
    }
}
