using Aico.Host.Storage;
using Aico.Host.Tests.Api.Configuration;

namespace Aico.Host.Tests.Cli.Organizations;

/// <summary><c>aico usage</c> with --server and without.</summary>
public class ServerUsageTests : ServedCommands
{
    [Test]
    public async Task Show_usage_as_the_local_database_has_it()
    {
        await Api.MakeAsync("acme");
        UsageRow Row(string provider, string outcome, decimal? cost) => new()
        {
            OrganizationId = "acme",
            At = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            SessionId = "s",
            Kind = "stt",
            Provider = provider,
            Model = "m",
            Outcome = outcome,
            AudioSeconds = 90,
            Characters = 7,
            InputTokens = 5,
            Cost = cost,
        };
        await Api.Store.AddUsageAsync([Row("deepgram", "useful", 1.25m), Row("deepgram", "failed", 0), Row("vosk", "useful", null)], CancellationToken.None);
        string[] asked = ["usage", "--org", "acme", "--from", "2026-03-01", "--to", "2026-03-02"];
        foreach (var form in new[] { asked, [.. asked, "--by", "day,provider,model,outcome"], [.. asked, "--json"], ["usage", "--org", "acme", "--by", "colour"], ["usage", "--org", "acme", "--from", "2026-03-02", "--to", "2026-03-01"] })
        {
            var there = await RunAsync(ConfigurationApi.InternalKey, form);
            var here = await RunWithAsync([.. form, "--data-dir", Api.Folder]);

            (there.ExitCode, there.Output, there.Error).Should().Be((here.ExitCode, here.Output, here.Error), string.Join(' ', form));
        }

        (await RunWithAsync([.. asked, "--data-dir", Api.Folder, "--by", "provider"])).Output.ReplaceLineEndings("\n").Should().Be("""
            TYPE  PROVIDER  ATTEMPTS  USEFUL  CANCELLED  SPECULATIVE  FAILED  PROBE  AUDIO     CHARACTERS  TOKENS IN  CACHED  OUT  USD
            stt   deepgram  2         1       0          0            1       0      00:03:00  14          10         0       0    1.2500
            stt   vosk      1         1       0          0            0       0      00:01:30  7           5          0       0    0.0000
            1.2500 US dollars, as estimated by the table of prices; 1 attempts have no known price and are not in it.

            """.ReplaceLineEndings("\n"));
        (await RunWithAsync([.. asked, "--data-dir", Api.Folder, "--json"])).Json["usage"]![0]!["unpriced"]!.GetValue<int>().Should().Be(1);
        (await RunWithAsync("usage", "--org", "nobody", "--data-dir", Api.Folder)).Should().Be(new CliHarness(0, $"No usage.{Environment.NewLine}", ""));
        (await RunWithAsync("usage", "--org", "acme", "--by", "colour", "--data-dir", Api.Folder)).Should().Be(new CliHarness(2, "", $"aico: --by: It is made of day, provider, model, outcome.{Environment.NewLine}"));
        (await RunAsync(ConfigurationApi.InternalKey, "usage", "--org", "nobody")).ExitCode.Should().Be(2);
    }
}
