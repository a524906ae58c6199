using System.CommandLine;
using Aico.Host.Cli;
using Aico.Host.Cli.Talk;

namespace Aico.Host.Tests.Cli.Talk;

public class TalkCommandTests
{
    [Test]
    public void Keeps_the_turns_in_the_order_of_the_command_line()
    {
        var request = Parse("talk --in a.wav --text hello --in=b.wav --text bye --pause 1.5");

        request.Turns.Select(turn => turn.Value).Should().Equal("a.wav", "hello", "b.wav", "bye");
        request.Turns.Select(turn => turn.IsFile).Should().Equal(true, false, true, false);
        request.Pause.Should().Be(1.5);
    }

    [Test]
    public void Takes_words_that_look_like_options_as_words() =>
        Parse("talk --text=--in --text end").Turns.Select(turn => (turn.Value, turn.IsFile)).Should().Equal(("--in", false), ("end", false));

    [Test]
    public void Reads_every_option()
    {
        var request = Parse(
            "talk --out o.wav --timeline t.html --fast --json --verbose --stt s --tts t --llm l --vad v --voice slt --language de --set a.b=1 --set c.d=2 "
            + "--env-file .env --greeting hi --instructions be --interrupt-after 2 --silence-timeout 5");

        request.Should().BeEquivalentTo(new TalkRequest
        {
            Out = "o.wav",
            Timeline = "t.html",
            Fast = true,
            Json = true,
            Verbose = true,
            Stt = "s",
            Tts = "t",
            Llm = "l",
            Vad = "v",
            Voice = "slt",
            Language = "de",
            Set = ["a.b=1", "c.d=2"],
            EnvFiles = [".env"],
            Greeting = "hi",
            Instructions = "be",
            InterruptAfter = 2,
            SilenceTimeout = 5,
        });
        request.IsChat.Should().BeTrue();
    }

    [TestCase("talk --text hi --pause soon")]
    [TestCase("talk --in")]
    [TestCase("talk --nope")]
    public async Task Answers_what_it_does_not_understand_with_one_line(string line)
    {
        var (exit, output, error) = await RunAsync(line);

        exit.Should().Be(2);
        output.Should().BeEmpty();
        error.Trim().Split('\n').Should().ContainSingle().Which.Should().StartWith("aico: ").And.NotContain("   at ");
    }

    [Test]
    public async Task Answers_what_cannot_be_done_with_one_line()
    {
        var folder = Directory.CreateDirectory(Path.Combine(TestContext.CurrentContext.WorkDirectory, "empty-host"));
        AicoHost OpenHost() => AicoHost.Create(new AicoHostOptions { HostFolder = folder.FullName, FurtherPluginFolders = [] });

        var (exit, output, error) = await RunAsync("talk --text hello --llm nobody --json", OpenHost);

        exit.Should().Be(2);
        output.Should().BeEmpty();
        error.Trim().Should().Be("aico: --llm: there is no llm provider \"nobody\". None is loaded at all: \"aico plugin list\" says what was found.");
    }

    internal static TalkRequest Parse(string line)
    {
        var parsed = Root(null).Parse(line.Split(' '));
        parsed.Errors.Should().BeEmpty();
        return TalkCommand.Request(parsed);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string line, Func<AicoHost>? openHost = null)
    {
        var ran = await CliHarness.RunAsync(Root(openHost), line.Split(' '));
        return (ran.ExitCode, ran.Output, ran.Error);
    }

    private static RootCommand Root(Func<AicoHost>? openHost) =>
        new("test") { TalkCommand.Create(openHost ?? (() => throw new InvalidOperationException("Nothing is opened before the arguments are understood."))) };
}
