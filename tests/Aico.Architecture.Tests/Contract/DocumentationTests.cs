using System.Xml.Linq;
using Aico.Architecture.Tests.Sources;
using Aico.Testing;

namespace Aico.Architecture.Tests.Contract;

/// <summary>A public member without a documentation comment is the compiler's error CS1591, as long as nobody turns that off.</summary>
public class DocumentationTests
{
    [Test]
    public void The_compiler_checks_the_contracts_comments()
    {
        var project = XDocument.Load(Path.Combine(TestPaths.Repository, "Aico.Abstractions", "Aico.Abstractions.csproj"));

        project.Descendants("GenerateDocumentationFile").Select(element => element.Value).Should().Equal("true");
    }

    [Test]
    public void Nothing_turns_that_check_off()
    {
        var files = SourceFiles.All().Where(file => SourceFiles.Name(file).StartsWith("Aico.Abstractions/", StringComparison.Ordinal))
            .Append(Path.Combine(TestPaths.Repository, ".editorconfig"))
            .Append(Path.Combine(TestPaths.Repository, "Directory.Build.props"))
            .Append(Path.Combine(TestPaths.Repository, "Aico.Abstractions", "Aico.Abstractions.csproj"));

        files.Where(file => File.ReadAllText(file).Contains("1591", StringComparison.Ordinal)).Select(SourceFiles.Name).Should().BeEmpty();
    }

    [Test]
    public void The_comments_are_written_beside_the_contracts()
    {
        var documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Aico.Abstractions.xml"));

        documentation.Descendants("member").Select(member => (string?)member.Attribute("name")).Should().Contain("T:Aico.Abstractions.Audio.AudioFrame");
    }
}
