namespace Aico.Architecture.Tests.Modules;

public class HostModuleTests
{
    /// <summary>The module table of AGENTS.md. A new edge is a decision: change both, and say why in docs/decisions.</summary>
    private static readonly ModuleTable Host = new("Aico.Host", new Dictionary<string, string[]>
    {
        ["Cli"] = [ModuleTable.Any],
        ["Api"] = [ModuleTable.Any],
        ["Organizations"] = ["Providers", "Storage"],
        ["Providers"] = ["Plugins", "Storage"],
        ["Calls"] = ["Organizations", "Providers", "Audio", "LiveKit", "Time"],
        ["Usage"] = ["Calls", "Organizations", "Providers", "Storage"],
        ["Telemetry"] = ["Calls", "LiveKit", "Providers", "Storage"],
        ["LiveKit"] = ["Audio"],
        ["Hosts"] = [],
        ["Plugins"] = [],
        ["Audio"] = [],
        ["Storage"] = [],
        ["Time"] = [],
    });

    [Test]
    public void Modules_use_only_the_modules_that_the_table_allows()
    {
        var violations = ModuleRule.Violations(Path.Combine(AppContext.BaseDirectory, "aico.dll"), Host);

        violations.Select(violation => violation.ToString()).Should().BeEmpty();
    }

    [Test]
    public void Reads_the_real_host()
    {
        using var host = Assemblies.Read(Path.Combine(AppContext.BaseDirectory, "aico.dll"));

        host.MainModule.Types.Select(type => Host.ModuleOf(type.Namespace)).Should().Contain("Calls", "a rule that finds no type would pass on anything");
    }
}
