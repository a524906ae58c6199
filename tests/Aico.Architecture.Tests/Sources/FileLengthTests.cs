using Aico.Testing;

namespace Aico.Architecture.Tests.Sources;

public class FileLengthTests
{
    private const int Limit = 300;

    [Test]
    public void No_source_file_reaches_300_lines()
    {
        TooLong(SourceFiles.All(), Limit).Should().BeEmpty("a file that long holds two things: split it");
    }

    [Test]
    public void Finds_a_file_that_is_too_long()
    {
        TooLong([Path.Combine(TestPaths.Repository, "tests", "Aico.Architecture.Tests", "Sources", "FileLengthTests.cs")], limit: 10)
            .Should().ContainSingle().Which.Should().StartWith("tests/Aico.Architecture.Tests/Sources/FileLengthTests.cs: ");
    }

    [Test]
    public void Looks_at_the_files_of_every_project()
    {
        SourceFiles.All().Select(SourceFiles.Name).Should()
            .Contain("Aico.Host/Program.cs").And.Contain("Aico.Abstractions/Audio/AudioFrame.cs")
            .And.Contain("plugins/silero/SileroPlugin.cs").And.NotContain(name => name.Contains("/obj/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> TooLong(IEnumerable<string> files, int limit) =>
        from file in files
        let lines = File.ReadLines(file).Count()
        where lines >= limit
        select $"{SourceFiles.Name(file)}: {lines} lines";
}
