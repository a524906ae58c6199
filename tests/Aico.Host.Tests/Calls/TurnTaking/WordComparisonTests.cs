using Aico.Host.Calls.TurnTaking;

namespace Aico.Host.Tests.Calls.TurnTaking;

public class WordComparisonTests
{
    [TestCase("what time is it", "What time is it?", true)]
    [TestCase("What, time is it.", "what time is it", true)]
    [TestCase("What time is it", "What time is it now", false)]
    [TestCase("Pay 1.5 euros", "Pay 15 euros", false)]
    [TestCase("At 10:30.", "At 1030", false)]
    [TestCase("It costs 15.", "It costs 15", true)]
    [TestCase("", "", true)]
    [TestCase("a", "", false)]
    [TestCase("", "a", false)]
    public void Compares_what_was_said(string words, string others, bool same)
    {
        WordComparison.AreSame(words, others).Should().Be(same);
        WordComparison.AreSame(others, words).Should().Be(same);
    }

    [Test]
    public void Is_not_the_same_as_nothing_at_all() => WordComparison.AreSame("", null).Should().BeFalse();

    [TestCase("I want a table. For two.", "I want a table", "For two.")]
    [TestCase("I want a table", "I want a table.", "")]
    [TestCase("I want a tablet", "I want a table", "I want a tablet")]
    [TestCase("Something else", "I want", "Something else")]
    [TestCase("I", "I want", "I")]
    [TestCase("Well", "", "Well")]
    public void Knows_what_was_said_after_a_beginning(string words, string beginning, string rest) =>
        WordComparison.After(words, beginning).Should().Be(rest);
}
