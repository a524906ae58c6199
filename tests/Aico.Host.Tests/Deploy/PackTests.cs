using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Aico.Host.Tests.Cli.Agents;
using Aico.Testing;

namespace Aico.Host.Tests.Deploy;

/// <summary>What "build.sh publish" packs, on a folder of some bytes: publishing itself takes minutes.</summary>
public class PackTests
{
    private const long Epoch = 1_700_000_000;

    private TemporaryFiles _files = null!;

    private string Published => Path.Combine(_files.Folder, "published");

    private string Archive => Path.Combine(_files.Folder, "aico-1.2.3-linux-x64.tar.gz");

    [SetUp]
    public void Begin()
    {
        _files = new TemporaryFiles();
        _files.Write("published/aico", "program");
        _files.Write("published/config/prices.json", "{}");
        _files.Write("published/native/models/silero/silero_vad.onnx", "model");
        _files.Write("published/native/livekit_ffi.node", "library");
        _files.Write("published/plugins/sample/plugin.json", """{ "id": "sample", "version": "4.5.6", "assembly": "Sample.dll", "contract": "1.0" }""");
        _files.Write("published/plugins/sample/Sample.dll", "plugin");
        _files.Write("packages/some.library/2.0.0/some.library.nuspec", """<package><metadata><license type="expression">MIT</license></metadata></package>""");
        _files.Write("project.assets.json", $$"""{ "packageFolders": { {{JsonValue.Create(Path.Combine(_files.Folder, "packages")).ToJsonString()}}: {} } }""");
        _files.Write("aico.deps.json", """
            {
              "runtimeTarget": { "name": "net/linux-x64" },
              "targets": { "net/linux-x64": {
                "aico/1.2.3": { "dependencies": { "Some.Library": "2.0.0" } },
                "Some.Library/2.0.0": { "dependencies": { "Other.Library": "3.0.0" } },
                "Other.Library/3.0.0": {},
                "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/10.0.12": {} } },
              "libraries": {
                "aico/1.2.3": { "type": "project" }, "Some.Library/2.0.0": { "type": "package" }, "Other.Library/3.0.0": { "type": "package" },
                "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/10.0.12": { "type": "runtimepack" } }
            }
            """);
    }

    [TearDown]
    public void End() => _files.Dispose();

    [Test]
    public async Task The_archive_holds_every_file_in_order_and_nothing_of_the_machine_that_packed()
    {
        (await PackAsync("linux-x64")).Error.Should().BeEmpty();

        var entries = Entries(Archive);
        entries.Select(entry => entry.Name).Should().StartWith("aico-1.2.3-linux-x64/").And.Contain("aico-1.2.3-linux-x64/plugins/sample/Sample.dll");
        entries.Where(entry => entry.EntryType == TarEntryType.RegularFile).Select(entry => entry.Name).Should().BeInAscendingOrder(StringComparer.Ordinal).And.HaveCount(8);
        entries.Should().OnlyContain(entry => entry.Uid == 0 && entry.Gid == 0 && entry.ModificationTime.ToUnixTimeSeconds() == Epoch);
        ((int)entries.Single(entry => entry.Name.EndsWith("/aico", StringComparison.Ordinal)).Mode).Should().Be(Convert.ToInt32("755", 8));
        ((int)entries.Single(entry => entry.Name.EndsWith("/Sample.dll", StringComparison.Ordinal)).Mode).Should().Be(Convert.ToInt32("644", 8));
    }

    [Test]
    public async Task The_checksums_are_those_of_the_files()
    {
        await PackAsync("linux-x64");

        var sums = File.ReadAllLines(Path.Combine(Published, "SHA256SUMS")).Select(line => line.Split("  ")).ToDictionary(line => line[1], line => line[0]);
        sums.Keys.Should().BeEquivalentTo(
            Directory.EnumerateFiles(Published, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Published, file).Replace('\\', '/')).Where(name => name != "SHA256SUMS"));
        sums.Should().OnlyContain(sum => sum.Value == Hash(Path.Combine(Published, sum.Key)));
        File.ReadAllText($"{Archive}.sha256").Should().Be($"{Hash(Archive)}  {Path.GetFileName(Archive)}\n");
    }

    [Test]
    public async Task The_list_of_parts_names_packages_with_their_licences_models_and_plugins()
    {
        await PackAsync("linux-x64");

        var bom = JsonNode.Parse(File.ReadAllText(Path.Combine(Published, "sbom.cdx.json")))!;
        var parts = bom["components"]!.AsArray().ToDictionary(part => (string)part!["bom-ref"]!, part => part!);
        ((string)bom["specVersion"]!).Should().Be("1.6");
        ((string)bom["metadata"]!["timestamp"]!).Should().Be("2023-11-14T22:13:20Z");
        parts.Keys.Should().Equal(
            "pkg:npm/%40livekit/rtc-ffi-bindings-linux-x64-gnu@0.12.80",
            "pkg:npm/%40ricky0123/vad-web@0.0.31",
            "pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@10.0.12",
            "pkg:nuget/Other.Library@3.0.0",
            "pkg:nuget/Some.Library@2.0.0",
            "plugin:sample");
        License(parts["pkg:nuget/Some.Library@2.0.0"]).Should().Be("MIT");
        parts["pkg:nuget/Other.Library@3.0.0"]["licenses"].Should().BeNull("nothing is known, and nothing is made up");
        License(parts["pkg:npm/%40livekit/rtc-ffi-bindings-linux-x64-gnu@0.12.80"]).Should().Be("Apache-2.0");
        parts["pkg:npm/%40ricky0123/vad-web@0.0.31"]["components"]!.AsArray().Select(part => ((string)part!["type"]!, (string)part["name"]!))
            .Should().Equal(("machine-learning-model", "silero-vad"), ("file", "native/models/silero/silero_vad.onnx"));
        ((string)parts["plugin:sample"]["hashes"]![0]!["content"]!).Should().Be(Hash(Path.Combine(Published, "plugins", "sample", "Sample.dll")));
        bom["dependencies"]!.AsArray().Single(part => (string)part!["ref"]! == "pkg:nuget/Some.Library@2.0.0")!["dependsOn"]!.ToJsonString().Should().Be("""["pkg:nuget/Other.Library@3.0.0"]""");
    }

    [Test]
    public async Task The_same_files_give_the_same_archive()
    {
        await PackAsync("linux-x64");
        var first = Hash(Archive);
        foreach (var file in Directory.EnumerateFiles(Published, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddDays(1));
        }

        await PackAsync("linux-x64");

        Hash(Archive).Should().Be(first);
    }

    [Test]
    public async Task Windows_gets_a_zip()
    {
        File.Move(Path.Combine(Published, "aico"), Path.Combine(Published, "aico.exe"));

        await PackAsync("win-x64");

        using var zip = ZipFile.OpenRead(Path.Combine(_files.Folder, "aico-1.2.3-win-x64.zip"));
        zip.Entries.Select(entry => entry.FullName).Should().Contain("aico-1.2.3-win-x64/aico.exe").And.HaveCount(8);
        using var program = new StreamReader(zip.GetEntry("aico-1.2.3-win-x64/aico.exe")!.Open());
        (await program.ReadToEndAsync()).Should().Be("program");
    }

    [Test]
    public async Task A_folder_without_a_program_is_not_packed()
    {
        File.Delete(Path.Combine(Published, "aico"));

        var (exitCode, error) = await PackAsync("linux-x64");

        exitCode.Should().Be(2);
        error.Should().Contain("holds no aico");
        File.Exists(Archive).Should().BeFalse();
    }

    private async Task<(int ExitCode, string Error)> PackAsync(string rid)
    {
        var start = new ProcessStartInfo(
            "node",
            [
                Path.Combine(TestPaths.Repository, "deploy", "pack", "pack.mjs"), Published, "--rid", rid, "--version", "1.2.3",
                "--deps", Path.Combine(_files.Folder, "aico.deps.json"), "--assets", Path.Combine(_files.Folder, "project.assets.json"),
            ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["SOURCE_DATE_EPOCH"] = $"{Epoch}" },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await error);
    }

    private static List<TarEntry> Entries(string archive)
    {
        using var reader = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
        var entries = new List<TarEntry>();
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static string? License(JsonNode part) => (string?)part["licenses"]?[0]?["license"]?["id"];

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
