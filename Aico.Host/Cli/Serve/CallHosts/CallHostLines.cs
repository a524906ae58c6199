using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve.CallHosts;

/// <summary>
/// Hands on what a call host writes, each line with its number: what its log says as it is, to standard output; what anybody else wrote there,
/// or to standard error (a native library, the runtime at its death), as a warning of this host's log.
/// </summary>
/// <param name="output">Where this host's log goes.</param>
/// <param name="isJson">True where log lines are JSON objects.</param>
/// <param name="logger">This host's log.</param>
internal sealed class CallHostLines(TextWriter output, bool isJson, ILogger logger)
{
    public void Output(int number, string line)
    {
        if (isJson && line.StartsWith("{\"", StringComparison.Ordinal))
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"{{\"CallHost\":{number},{line.AsSpan(1)}"));
        }
        else if (isJson)
        {
            Error(number, line);
        }
        else
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"[call host {number}] {line}"));
        }
    }

    public void Error(int number, string line)
    {
        if (line.Length > 0)
        {
            CallHostLog.Said(logger, number, line);
        }
    }

    // One write for a line: several call hosts and this host's own log share the stream.
    private void Write(string line)
    {
        lock (output)
        {
            output.Write(line + Environment.NewLine);
        }
    }
}
