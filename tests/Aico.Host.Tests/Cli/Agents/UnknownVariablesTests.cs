using Aico.Host.Cli.Agents;

namespace Aico.Host.Tests.Cli.Agents;

public class UnknownVariablesTests
{
    [TestCase("AICO_DATADIR", "AICO_DATA_DIR")]
    [TestCase("AICO_INTERNAL_APIKEY", "AICO_INTERNAL_API_KEY")]
    [TestCase("aico_data_dir", "AICO_DATA_DIR")]
    [TestCase("STT_PROVIDR", "STT_PROVIDER")]
    [TestCase("DEEPGRAM_API_KEYS", "DEEPGRAM_API_KEY")]
    [TestCase("LIVEKIT_API_SECERT", "LIVEKIT_API_SECRET")]
    public void Names_what_was_probably_meant_and_no_value(string name, string meant)
    {
        var warning = Warnings((name, "s3cret")).Should().ContainSingle().Subject;

        warning.Should().Be($"The variable {name} is set, and AICO does not read it; did you mean {meant}?");
    }

    [Test]
    public void Warns_of_one_of_its_own_that_is_like_no_other() =>
        Warnings(("AICO_ZEBRA_STRIPES_XYZ", "s3cret")).Should().Equal("The variable AICO_ZEBRA_STRIPES_XYZ is set, and AICO does not read it.");

    // Other programs' variables, read by them on the same machine.
    [TestCase("OPENAI_API_BASE")]
    [TestCase("OPENAI_ORG_ID")]
    [TestCase("GOOGLE_APPLICATION_CREDENTIALS")]
    [TestCase("LIVEKIT_CONFIG")]
    [TestCase("PATH")]
    public void Leaves_alone_what_may_belong_to_others(string name) => Warnings((name, "x")).Should().BeEmpty();

    [Test]
    public void Knows_every_variable_that_the_example_names() =>
        Warnings([.. UnknownVariables.Known.Select(name => (name, "x"))]).Should().BeEmpty();

    [Test]
    public void The_example_names_those_that_are_off_by_default_too() =>
        UnknownVariables.Known.Should().Contain(["PROVIDER_ENV_FALLBACK", "AICO_MASTER_KEY", "LIVEKIT_URL", "ANTHROPIC_API_KEY"]).And.NotContain(name => name.Any(char.IsAsciiLetterLower));

    private static IReadOnlyList<string> Warnings(params (string Name, string Value)[] variables) =>
        UnknownVariables.Warnings(variables.ToDictionary(variable => variable.Name, variable => variable.Value));
}
