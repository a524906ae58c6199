using Aico.Host.Calls.TurnTaking;

namespace Aico.Host.Tests.Calls.TurnTaking;

public class InterruptionPolicyTests
{
    [TestCase(true, 0, 199, "", false, false, "Undecided", TestName = "A voice below the minimum duration decides nothing")]
    [TestCase(true, 0, 199, "Stop", false, false, "Undecided", TestName = "Words below the minimum duration decide nothing while the voice lasts")]
    [TestCase(true, 0, 199, "Stop", true, false, "Continue", TestName = "Words below the minimum duration never interrupt")]
    [TestCase(true, 0, 200, "", false, false, "Pause", TestName = "A voice of the minimum duration pauses")]
    [TestCase(true, 0, 200, "Stop", false, false, "Interrupt", TestName = "A word of the minimum duration interrupts")]
    [TestCase(true, 0, 900, "", true, false, "Continue", TestName = "A voice without words is none")]
    [TestCase(true, 0, 900, "mm-hm", false, true, "Continue", TestName = "Agreement does not interrupt while it lasts")]
    [TestCase(true, 0, 900, "mm-hm", true, true, "Continue", TestName = "Agreement does not interrupt")]
    [TestCase(true, 1, 900, "", false, false, "Undecided", TestName = "Where a word is needed a voice does not pause")]
    [TestCase(true, 1, 900, "Stop", false, false, "Interrupt", TestName = "One word is enough where one is needed")]
    [TestCase(true, 3, 900, "Stop it", false, false, "Undecided", TestName = "Too few words decide nothing yet")]
    [TestCase(true, 3, 900, "Stop it", true, false, "Continue", TestName = "Too few words are none")]
    [TestCase(true, 3, 900, "Stop it now", false, false, "Interrupt", TestName = "Enough words interrupt")]
    [TestCase(false, 0, 9000, "Stop it now", false, false, "Undecided", TestName = "Nothing interrupts while it is switched off")]
    [TestCase(false, 0, 9000, "Stop it now", true, false, "Continue", TestName = "Nothing has interrupted while it is switched off")]
    public void Decides(bool enabled, int minimumWords, int milliseconds, string words, bool isOver, bool isBackchannel, string verdict)
    {
        var rules = new InterruptionSettings { Enabled = enabled, MinimumWords = minimumWords };

        InterruptionPolicy.Decide(rules, TimeSpan.FromMilliseconds(milliseconds), words, isOver, isBackchannel)
            .Should().Be(Enum.Parse<InterruptionPolicy.Verdict>(verdict));
    }

    [TestCase("", 0)]
    [TestCase("…!", 0)]
    [TestCase("stop", 1)]
    [TestCase("don't stop", 2)]
    [TestCase("twenty-one", 1)]
    [TestCase("wait, wait - no", 3)]
    [TestCase("4 5", 2)]
    [TestCase("停止", 1)]
    [TestCase("やめてください", 4)]
    [TestCase("stop 停止", 2)]
    public void Counts_words(string text, int words) => InterruptionPolicy.CountWords(text).Should().Be(words);
}
