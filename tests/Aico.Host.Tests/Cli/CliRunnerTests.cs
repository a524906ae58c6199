using System.CommandLine;
using Aico.Abstractions;
using Aico.Host.Cli;
using Aico.Host.Providers;

namespace Aico.Host.Tests.Cli;

public class CliRunnerTests
{
    private static readonly object[][] _faults =
    [
        [new CliException("No such provider \"fite\"; did you mean \"flite\"?"), 2, "No such provider \"fite\"; did you mean \"flite\"?"],
        [new CliException("It failed.", ExitCode.Failed), 1, "It failed."],
        [
            new SettingsException(
                "flite",
                [
                    new SettingsError("/spede", SettingsProblem.UnknownSetting, "There is no setting \"spede\"."),
                    new SettingsError("/voice", SettingsProblem.WrongType, "\"voice\" must be a text."),
                ]),
            2,
            "flite: There is no setting \"spede\". \"voice\" must be a text.",
        ],
        [new ProviderException(ProviderFailure.Unavailable, "The server\ndoes not answer."), 1, "The server does not answer."],
        [new FileNotFoundException("hello.wav is not there."), 2, "hello.wav is not there."],
        [new IOException("The disk is full."), 1, "The disk is full."],
        [new OperationCanceledException(), 130, "Interrupted."],
    ];

    [TestCaseSource(nameof(_faults))]
    public async Task Turns_an_expected_fault_into_one_line_and_an_exit_code(Exception fault, int exitCode, string line)
    {
        var root = new RootCommand("test");
        root.SetAction((_, _) => Task.FromException(fault));

        var result = await CliHarness.RunAsync(root);

        result.Should().Be(new CliHarness(exitCode, "", $"aico: {line}{Environment.NewLine}"));
    }

    [Test]
    public async Task Lets_a_defect_show_where_it_is()
    {
        var root = new RootCommand("test");
        root.SetAction((_, _) => Task.FromException(new InvalidOperationException("a defect")));

        await FluentActions.Invoking(() => CliHarness.RunAsync(root)).Should().ThrowAsync<InvalidOperationException>();
    }

    [TestCase("There is no \"lst\" here; did you mean \"list\"? See \"aico things --help\".", "things", "lst")]
    [TestCase("There is no \"--jsno\" here; did you mean \"--json\"? See \"aico things list --help\".", "things", "list", "--jsno")]
    [TestCase("There is no \"zebra\" here. See \"aico --help\".", "zebra")]
    [TestCase("Required command was not provided. See \"aico things --help\".", "things")]
    public async Task Answers_bad_usage_with_one_line_and_exit_code_2(string line, params string[] args)
    {
        var list = new Command("list", "lists") { CliJson.Option() };
        list.SetAction(_ => 0);
        var root = new RootCommand("test") { new Command("things", "things") { list } };

        var result = await CliHarness.RunAsync(root, args);

        result.Should().Be(new CliHarness(2, "", $"aico: {line}{Environment.NewLine}"));
    }

    [Test]
    public async Task Prints_help_where_it_is_asked_for()
    {
        var root = new RootCommand("test") { new Command("things", "shows things") };

        var result = await CliHarness.RunAsync(root, "--help");

        result.ExitCode.Should().Be(0);
        result.Output.Should().Contain("shows things");
    }
}
