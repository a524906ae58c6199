namespace Aico.Docs.Tests;

/// <summary>Every command that the documents show is run, or says why it cannot be and is looked at.</summary>
public class DocumentCommandTests
{
    private static readonly IReadOnlyList<CommandBlock> _blocks = [.. DocumentPage.All.SelectMany(CommandBlocks.Of)];

    // The guide for authors builds and tests a project: PluginGuideTests has more to say of it.
    private static IEnumerable<DocumentPage> PagesToRun =>
        _blocks.Where(block => block.NotRun is null && block.Page != PluginGuideTests.Guide).Select(block => block.Page).Distinct();

    private static IEnumerable<DocumentPage> PagesToLookAt => _blocks.Where(block => block.NotRun is not null).Select(block => block.Page).Distinct();

    [TestCaseSource(nameof(PagesToRun))]
    public async Task Does_what_a_page_says(DocumentPage page)
    {
        using var sandbox = await DocumentSandbox.OpenAsync(page);
        foreach (var block in _blocks.Where(block => block.Page == page && block.NotRun is null))
        {
            foreach (var command in block.Commands)
            {
                foreach (var outcome in await sandbox.RunAsync(command))
                {
                    outcome.ExitCode.Should().Be(0, "{0}:{1} says \"{2}\", which answers: {3}", page, block.Line, command, outcome.Error + outcome.Output);
                }
            }
        }
    }

    [TestCaseSource(nameof(PagesToLookAt))]
    public async Task Shows_commands_that_their_programs_understand(DocumentPage page)
    {
        using var sandbox = await DocumentSandbox.OpenAsync(page);
        await using var host = DocumentSandbox.OpenHost();

        var problems =
            from block in _blocks
            where block.Page == page && block.NotRun is not null
            from command in block.Commands
            let problem = CommandCheck.ProblemOf(command, host)
            where problem is not null
            select $"{page}:{block.Line}: {command}: {problem}";

        problems.Should().BeEmpty();
    }

    [Test]
    public void Finds_the_commands_of_the_pages()
    {
        _blocks.Select(block => block.Page.Name).Should().Contain(["README.md", "docs/PLUGINS.md", "docs/OPERATIONS.md", "docs/cli.md"]);
        _blocks.Should().OnlyContain(block => block.Commands.Count > 0);
    }
}
