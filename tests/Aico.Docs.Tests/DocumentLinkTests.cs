namespace Aico.Docs.Tests;

public class DocumentLinkTests
{
    [TestCaseSource(typeof(DocumentPage), nameof(DocumentPage.All))]
    public void Leads_to_what_is_there(DocumentPage page)
    {
        var broken =
            from link in DocumentLinks.Of(page)
            let problem = ProblemOf(page, link.Target)
            where problem is not null
            select $"{page}:{link.Line}: {link.Target}: {problem}";

        broken.Should().BeEmpty();
    }

    [TestCase("# Two *words*, `code`", "two-words-code")]
    [TestCase("## `deepgram`: speech-to-text", "deepgram-speech-to-text")]
    [TestCase("## `aico config check|schema`", "aico-config-checkschema")]
    public void Names_headings_as_GitHub_does(string heading, string anchor)
    {
        DocumentLinks.Anchors([heading]).Should().Equal(anchor);
    }

    [Test]
    public void Leads_from_the_index_to_every_page()
    {
        var linked = DocumentLinks.Of(new DocumentPage("docs/README.md")).Select(link => "docs/" + link.Target.Split('#')[0]).ToHashSet();

        DocumentPage.All.Select(page => page.Name).Where(name => name is not ("README.md" or "docs/README.md") && !name.StartsWith("docs/decisions/", StringComparison.Ordinal))
            .Should().BeSubsetOf(linked);
    }

    private static string? ProblemOf(DocumentPage page, string link)
    {
        var (path, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
        var file = path.Length == 0 ? page.File : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.File)!, Uri.UnescapeDataString(path)));
        if (!Path.Exists(file))
        {
            return "there is no such file";
        }

        return anchor is null || (File.Exists(file) && DocumentLinks.Anchors(File.ReadAllLines(file)).Contains(anchor)) ? null : "there is no such heading";
    }
}
