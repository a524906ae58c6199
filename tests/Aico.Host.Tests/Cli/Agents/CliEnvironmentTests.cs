using Aico.Host.Cli.Agents;

namespace Aico.Host.Tests.Cli.Agents;

public class CliEnvironmentTests
{
    [Test]
    public void Of_two_files_the_later_counts_and_what_the_process_has_counts_before_both()
    {
        using var files = new TemporaryFiles();
        var first = files.Write("first.env", "AICO_TEST_A=first\nAICO_TEST_B=first\nPATH=first");
        var second = files.Write("second.env", "AICO_TEST_B=second");

        var variables = CliEnvironment.Read([first, second]);

        variables["AICO_TEST_A"].Should().Be("first");
        variables["AICO_TEST_B"].Should().Be("second");
        variables["PATH"].Should().Be(Environment.GetEnvironmentVariable("PATH"));
    }

    [Test]
    public void Every_command_takes_the_option_again()
    {
        var command = new System.CommandLine.RootCommand("test") { EnvironmentOption.Create() };

        command.Parse(["--env-file", "a", "--env-file", "b"]).GetValue<string[]>("--env-file").Should().Equal("a", "b");
    }
}
