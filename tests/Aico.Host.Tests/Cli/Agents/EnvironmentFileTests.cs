using Aico.Host.Cli;
using Aico.Host.Cli.Agents;

namespace Aico.Host.Tests.Cli.Agents;

public class EnvironmentFileTests
{
    [TestCase("NAME=value", "value")]
    [TestCase("export NAME=value", "value")]
    [TestCase("  NAME = value  ", "value")]
    [TestCase("NAME=\"two words # kept\" # dropped", "two words # kept")]
    [TestCase("NAME='it \"is\"'", "it \"is\"")]
    [TestCase("NAME=a=b", "a=b")]
    [TestCase("NAME=value # why", "value")]
    [TestCase("NAME=http://host/#part", "http://host/#part")]
    [TestCase("NAME=", "")]
    public void Reads_a_variable(string line, string value) => Read($"# first\n\n{line}\n")["NAME"].Should().Be(value);

    [TestCase("just words")]
    [TestCase("=value")]
    [TestCase("NA-ME=secret-value")]
    [TestCase("1NAME=secret-value")]
    public void Says_which_line_is_none_and_never_what_it_holds(string line)
    {
        var read = () => Read($"A=1\n{line}");

        read.Should().Throw<CliException>().WithMessage("*line 2 is not NAME=value.").Which.Message.Should().NotContain("secret-value");
    }

    [TestCase("NAME=\"secret-value", "begins with \" and does not end with it")]
    [TestCase("NAME='secret-value\"", "begins with ' and does not end with it")]
    [TestCase("NAME=\"secret\"-value", "goes on after its closing \"")]
    public void Says_which_quote_is_not_right_and_never_what_it_holds(string line, string problem)
    {
        var read = () => Read($"A=1\n\n{line}");

        read.Should().Throw<CliException>().WithMessage($"*line 3: the value of NAME {problem}.").Which.Message.Should().NotContain("secret");
    }

    [Test]
    public void Says_that_the_file_is_missing()
    {
        var read = () => EnvironmentFile.Read("no-such.env");

        read.Should().Throw<CliException>().WithMessage("--env-file no-such.env: there is no such file.");
    }

    private static IReadOnlyDictionary<string, string> Read(string text)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():n}.env");
        File.WriteAllText(path, text);
        try
        {
            return EnvironmentFile.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
