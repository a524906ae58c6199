using Aico.Host.Calls.TurnTaking;

namespace Aico.Host.Tests.Calls.TurnTaking;

public class BackchannelTests
{
    [TestCase("mm-hm", "en")]
    [TestCase("Mm-hmm.", "en")]
    [TestCase("Mmhmm", "en")]
    [TestCase("mmmmm", "en")]
    [TestCase("Uh-huh, uh huh.", "en")]
    [TestCase("Yeah.", "en-US")]
    [TestCase("Yeaaah", "en")]
    [TestCase("Okay, okay.", null)]
    [TestCase("Right, I see.", "en")]
    [TestCase("Got it!", "en")]
    [TestCase("Oh, that makes sense.", "en")]
    [TestCase("Mhm, genau.", "de")]
    [TestCase("Ach so…", "de-DE")]
    [TestCase("ja ja", "de")]
    [TestCase("D'accord.", "fr")]
    [TestCase("bien sur", "fr")]
    [TestCase("Voilà", "fr")]
    [TestCase("Ajá, vale.", "es")]
    [TestCase("Esta bien", "es")]
    [TestCase("ho capito", "it")]
    [TestCase("tá bom", "pt-BR")]
    [TestCase("Snap ik.", "nl")]
    [TestCase("うんうん、なるほど。", "ja")]
    [TestCase("はい、はい", "ja")]
    [TestCase("そうですね", "ja-JP")]
    [TestCase("mm-hm", "sv")]
    public void Knows_the_sounds_of_a_listener(string text, string? language) =>
        Backchannel.IsOnlyBackchannel(text, language, custom: null).Should().BeTrue();

    [TestCase("Yes.", "en")]
    [TestCase("No.", "en")]
    [TestCase("Stop.", "en")]
    [TestCase("Wait, okay.", "en")]
    [TestCase("Okay, but why", "en")]
    [TestCase("Right?", "en")]
    [TestCase("I see a problem", "en")]
    [TestCase("ja", "de")]
    [TestCase("nein", "de")]
    [TestCase("oui", "fr")]
    [TestCase("sí", "es")]
    [TestCase("はい", "ja")]
    [TestCase("はい、そうではありません", "ja")]
    [TestCase("genau", "en")]
    [TestCase("", "en")]
    [TestCase("...", "en")]
    public void Lets_everything_else_interrupt(string text, string? language) =>
        Backchannel.IsOnlyBackchannel(text, language, custom: null).Should().BeFalse();

    [Test]
    public void Takes_a_list_of_its_own_in_place_of_the_built_in_one()
    {
        Backchannel.IsOnlyBackchannel("Roger that!", "en", ["roger that"]).Should().BeTrue();
        Backchannel.IsOnlyBackchannel("okay", "en", ["roger that"]).Should().BeFalse();
        Backchannel.IsOnlyBackchannel("okay", "en", []).Should().BeFalse();
    }
}
