using System.Diagnostics;
using System.Globalization;
using Aico.Host.Api;
using Aico.Host.Cli.Serve;
using Aico.Host.Storage;

namespace Aico.Host.Cli.Bench.Organizations;

/// <summary>A host of its own process over a data folder, measured from its start to its end.</summary>
/// <param name="StartMs">From the start of the process to its API.</param>
/// <param name="ResidentBytes">Its memory after the questions.</param>
internal sealed record ServedHost(double StartMs, long ResidentBytes)
{
    private const string Listening = "The API listens on ";

    public static async Task<ServedHost> MeasureAsync(DataFolder folder, HttpMessageHandler http, IReadOnlyList<string> organizations, CancellationToken ct)
    {
        var key = Guid.NewGuid().ToString("n");
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["serve", "--role", "api", "--port", "0", "--data-dir", folder.Path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[ServePlan.KeyVariable] = key;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var rest = Task.FromResult("");
        try
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var address = await AddressAsync(process, ct);
            var startMs = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            // What it says after this is nobody's, and a full pipe would stop it.
            rest = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            using var client = new HttpClient(http, disposeHandler: false) { BaseAddress = address };
            foreach (var id in organizations)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/providers/organization/enabled");
                request.Headers.Add("Authorization", $"Bearer {key}");
                request.Headers.Add(ApiOrganization.Header, id);
                using var answer = await client.SendAsync(request, ct);
            }

            process.Refresh();
            return new ServedHost(startMs, process.WorkingSet64);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            await rest;
        }
    }

    private static async Task<Uri> AddressAsync(Process process, CancellationToken ct)
    {
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            lines.Add(line);
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                return new Uri(line[(at + Listening.Length)..].Trim());
            }
        }

        throw new CliException(string.Create(CultureInfo.InvariantCulture, $"The host did not start: {lines.LastOrDefault() ?? "it said nothing"}"), ExitCode.Failed);
    }
}
