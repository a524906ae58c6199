extern alias elevenlabs;

using SpokenInput = elevenlabs::Aico.Plugins.Shared.SpeechSockets.SpokenInput;

namespace Aico.Plugins.Tests.Shared;

public class SpokenInputTests
{
    [TestCase("Hello there, my friend.", "Hello|there,|my|friend.", "Hello |there, |my |friend.|")]
    [TestCase("Hello there, my friend.", "Hello |there my| friend", "Hello |there, my |friend.|")]
    [TestCase("\n- One.  Two", "One|Two", "\n- One.  |Two|")]
    [TestCase("Hello", "Hel|lo", "Hel|lo|")]
    [TestCase("It is 5 %.", "It|is|five|percent", "It |is |||5 %.")]
    [TestCase("你好。再见", "你|好|。|再|见", "你|好。||再|见|")]
    public void Finds_the_words_of_a_vendor_in_the_text_that_was_sent(string text, string words, string expected)
    {
        var input = new SpokenInput();
        input.Append(text);

        var taken = words.Split('|').Select(input.Take).ToList();
        taken.Add(input.TakeRest());

        string.Concat(taken).Should().Be(text, "what is given joins to the text");
        string.Join('|', taken).Should().Be(expected);
    }

    [Test]
    public void Goes_on_behind_what_was_spoken_but_not_told()
    {
        var input = new SpokenInput();
        input.Append("Take the A-train home.");

        input.Take("Take").Should().Be("Take ");
        input.Take("train").Should().Be("the A-train ");
        input.Take("nothing of it").Should().NotContain("home.");
    }
}
