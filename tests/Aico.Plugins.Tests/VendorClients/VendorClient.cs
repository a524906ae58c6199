using System.Diagnostics;
using System.Text.Json.Nodes;
using Aico.Testing;
using Aico.Testing.Vendors;

namespace Aico.Plugins.Tests.VendorClients;

/// <summary>A script of tests/vendor-clients, which has a client that nobody here wrote talk to a fake.</summary>
internal static class VendorClient
{
    /// <summary>It takes some seconds, of which Node reads thousands of files; more only turns "never" into a failure.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs a script, and gives what it got.</summary>
    public static async Task<JsonObject> RunAsync(string script, FakeVendor vendor, string key)
    {
        var folder = Path.Combine(TestPaths.Repository, "tests", "vendor-clients");
        Directory.Exists(Path.Combine(folder, "node_modules")).Should().BeTrue("\"npm ci\" was run in tests/vendor-clients");
        var start = new ProcessStartInfo("node", [script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["VENDOR_URL"] = vendor.Url, ["VENDOR_KEY"] = key },
        };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        using var kill = late.Token.Register(process.Kill);
        await process.WaitForExitAsync();
        var got = (await said).TrimEnd().Split('\n')[^1];
        process.ExitCode.Should().Be(0, $"{script} said {got} {await complained}");
        return JsonNode.Parse(got)!.AsObject();
    }
}
