using Aico.Host.Calls.Thinking;
using Aico.Host.Calls.TurnTaking;
using static Aico.Testing.Calls.CallTime;

namespace Aico.Host.Tests.Calls.TurnTaking;

public class PreparationTests
{
    [TestCase(false, "Complete", true)]
    [TestCase(false, "Unclear", true)]
    [TestCase(false, "Incomplete", false)]
    [TestCase(true, "Complete", true)]
    [TestCase(true, "Unclear", false)]
    [TestCase(true, "Incomplete", false)]
    public void Prepares_less_when_it_is_careful(bool isCareful, string completeness, bool prepares)
    {
        var preparation = new Preparation(new PreemptiveSettings()) { IsCareful = isCareful };
        var actions = new List<TurnAction>();

        preparation.Consider("words", Seconds(1), Enum.Parse<TurnCompleteness>(completeness), isLongSilent: false, actions);

        actions.OfType<TurnAction.Prepare>().Any().Should().Be(prepares);
        preparation.IsUnderWay.Should().Be(prepares);
    }

    [Test]
    public void Discards_what_it_has_prepared_for_other_words_and_prepares_anew()
    {
        var preparation = new Preparation(new PreemptiveSettings());
        var actions = new List<TurnAction>();

        preparation.Consider("one", Seconds(1), TurnCompleteness.Complete, isLongSilent: false, actions);
        preparation.Consider("One.", Seconds(1), TurnCompleteness.Complete, isLongSilent: false, actions);
        preparation.Consider("one two", Seconds(1), TurnCompleteness.Complete, isLongSilent: false, actions);

        actions.Should().Equal(new TurnAction.Prepare("one"), new TurnAction.Discard(), new TurnAction.Prepare("one two"));
    }

    [Test]
    public void Discards_once()
    {
        var preparation = new Preparation(new PreemptiveSettings());
        var actions = new List<TurnAction>();
        preparation.Consider("one", Seconds(1), TurnCompleteness.Complete, isLongSilent: false, actions);

        preparation.Discard(actions);
        preparation.Discard(actions);

        actions.OfType<TurnAction.Discard>().Should().ContainSingle();
    }
}
