using Aico.Abstractions;
using Aico.Plugins.Scripted;

namespace Aico.Plugins.Tests.Scripted;

public class ScriptReaderTests
{
    [TestCase("{\n  \"rules\": [\n    { \"when\": \"(\" }\n  ]\n}", "line 3, column 18 (at $.rules[0].when): The pattern is no regular expression")]
    [TestCase("{\n  \"rules\": [ { \"wehn\": \"x\" } ]\n}", "line 2", "wehn")]
    [TestCase("{ \"rules\": [ { \"reply\": \"x\" } ] }", "line 1", "'when'")]
    [TestCase("{ \"rules\": [ { \"when\": \"x\", \"reply\": [] } ] }", "(at $.rules[0].reply): A reply is a string or a list of strings that is not empty.")]
    [TestCase("{ \"rules\": [ { \"when\": \"x\", \"reply\": [1] } ] }", "A reply is a string or a list")]
    [TestCase("{ \"rules\": [ { \"when\": \"x\", \"failure\": { \"category\": \"tired\" } } ] }", "(at $.rules[0].failure.category)")]
    [TestCase("{\n  \"rules\": [\n}", "line 3, column 1")]
    public void Says_where_a_script_is_wrong(string script, params string[] expected)
    {
        var error = FluentActions.Invoking(() => ScriptReader.Read(script)).Should().Throw<ProviderException>().Which;

        error.Failure.Should().Be(ProviderFailure.InvalidRequest);
        error.Message.Should().StartWith("The script in the settings, line ").And.ContainAll(expected).And.NotContain("LineNumber");
    }

    [Test]
    public void Names_a_file_that_is_not_there()
    {
        FluentActions.Invoking(() => ScriptReader.Read("no/such/script.json")).Should().Throw<ProviderException>()
            .WithMessage("The script no/such/script.json cannot be read: *");
    }

    [Test]
    public void Names_the_file_that_is_wrong()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "wrong.json");
        File.WriteAllText(path, "{ nonsense }");

        FluentActions.Invoking(() => ScriptReader.Read(path)).Should().Throw<ProviderException>()
            .WithMessage($"The script {path}, line 1, column 3: *");
    }

    [Test]
    public void Takes_an_empty_setting_for_the_script_that_repeats()
    {
        ScriptReader.Read(" ").Should().BeEquivalentTo(new Script());
    }
}
