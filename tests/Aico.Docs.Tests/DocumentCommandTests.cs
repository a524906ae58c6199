using Aico.Host;

namespace Aico.Docs.Tests;

/// <summary>Every command that the documents show is run, or says why it cannot be and is looked at.</summary>
public class DocumentCommandTests
{
    private static readonly IReadOnlyList<CommandBlock> _blocks = [.. DocumentPage.All.SelectMany(CommandBlocks.Of)];

    // Opened once, and only read: the pages that are looked at change nothing.
    private AicoHost _host = null!;

    [OneTimeSetUp]
    public void OpenHost() => _host = DocumentSandbox.OpenHost(new() { FurtherPluginFolders = [] });

    [OneTimeTearDown]
    public async Task CloseHostAsync() => await _host.DisposeAsync();

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
    public void Shows_commands_that_their_programs_understand(DocumentPage page)
    {
        var made = _blocks.Where(block => block.Page == page).SelectMany(block => block.Commands)
            .Select(command => command.Split(' ')).Where(words => words is ["aico", "plugin", "new", ..]).Select(words => words[3]).ToHashSet();

        var problems =
            from block in _blocks
            where block.Page == page && block.NotRun is not null
            from command in block.Commands
            let problem = CommandCheck.ProblemOf(command, _host, made)
            where problem is not null
            select $"{page}:{block.Line}: {command}: {problem}";

        problems.Should().BeEmpty();
    }

    [TestCase("aico talk --tts cartesia --set cartesia.modle=sonic-3.5", "modle")]
    [TestCase("DEEPGRAM_API_KEY=… aico talk --stt deepgam", "deepgam")]
    [TestCase("sudo aico serve --rol agent", "--rol")]
    [TestCase("./build.sh pakc", "pakc")]
    [TestCase("echo 'open", "quote")]
    public void Sees_what_a_program_would_not_understand(string command, string problem)
    {
        CommandCheck.ProblemOf(command, _host, new HashSet<string>()).Should().Contain(problem);
    }

    [Test]
    public void Finds_the_commands_of_the_pages()
    {
        _blocks.Select(block => block.Page.Name).Should().Contain(["README.md", "docs/PLUGINS.md", "docs/OPERATIONS.md", "docs/cli.md"]);
        _blocks.Should().OnlyContain(block => block.Commands.Count > 0);
    }
}
