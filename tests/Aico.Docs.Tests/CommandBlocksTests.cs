namespace Aico.Docs.Tests;

public class CommandBlocksTests
{
    private static readonly DocumentPage _page = new("docs/a.md");

    [Test]
    public void Finds_indented_blocks_and_fences_and_what_is_said_before_them()
    {
        string[] lines =
        [
            "# Title", "", "    one # comment", "    two \\", "      goes on", "", "Text.", "```sh", "# a remark", "three", "```", "",
            "<!-- not run: needs root -->", "", "    four", "", "    five", "```json", "    { \"no\": 1 }", "```", "- item", "    not a block",
        ];

        CommandBlocks.Of(_page, lines).Select(block => (block.Line, string.Join(';', block.Commands), block.NotRun)).Should().Equal(
            (3, "one # comment;two   goes on", null), (8, "three", null), (15, "four", "needs root"), (17, "five", null));
    }

    [TestCase("A=1 B='2 3' aico talk --text \"a b\" # rest", "A=1,B=2 3|aico,talk,--text,a b||")]
    [TestCase("export A=1", "A=1|||")]
    [TestCase("aico x < in.txt > out.txt", "|aico,x|in.txt|out.txt")]
    [TestCase("aico set a=$HOME/b", "|aico,set,a=/home/b||")]
    public void Reads_a_line_as_a_shell_does(string line, string expected)
    {
        var command = ShellLine.Parse(line, name => name == "HOME" ? "/home" : null).Single();

        $"{string.Join(',', command.Variables.Select(variable => $"{variable.Key}={variable.Value}"))}|{string.Join(',', command.Words)}|{command.Input}|{command.Output}"
            .Should().Be(expected);
    }

    [Test]
    public void Takes_joined_commands_one_after_the_other_and_no_pipe()
    {
        ShellLine.Parse("cd x && dotnet build", _ => null).Select(command => command.Words[0]).Should().Equal("cd", "dotnet");
        FluentActions.Invoking(() => ShellLine.Parse("cat x | aico", _ => null)).Should().Throw<FormatException>();
        FluentActions.Invoking(() => ShellLine.Parse("aico $NONE", _ => null)).Should().Throw<FormatException>();
    }

    [Test]
    public async Task Runs_nothing_that_is_not_known_here()
    {
        using var sandbox = await DocumentSandbox.OpenAsync(new DocumentPage("README.md"));

        await sandbox.Awaiting(one => one.RunAsync("systemctl start aico")).Should().ThrowAsync<FormatException>().WithMessage("*not run: the reason*");
        (await sandbox.RunAsync("aico org show nobody")).Single().ExitCode.Should().Be(2);
    }
}
