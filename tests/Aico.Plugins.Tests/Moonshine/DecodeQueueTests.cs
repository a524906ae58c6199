using Aico.Plugins.Moonshine;

namespace Aico.Plugins.Tests.Moonshine;

public class DecodeQueueTests
{
    private readonly DecodeQueue<string> _queue = new(limitPerOrganization: 3);

    [SetUp]
    public void Empty() => TakeAll();

    [Test]
    public void Organizations_take_turns()
    {
        foreach (var item in new[] { "a1", "a2", "a3", "b1", "b2", "c1" })
        {
            Add(item);
        }

        TakeAll().Should().Equal("a1", "b1", "c1", "a2", "b2", "a3");
    }

    [Test]
    public void An_organization_that_comes_back_waits_for_its_turn()
    {
        Add("a1");
        Add("b1");
        _queue.TryTake(out _);
        Add("a2");
        Add("b2");

        TakeAll().Should().Equal("b1", "a2", "b2");
    }

    [Test]
    public void Final_results_come_before_interim_ones()
    {
        _queue.AddInterim("i1");
        _queue.AddInterim("i2");
        Add("a1");
        Add("a2");

        TakeAll().Should().Equal("a1", "a2", "i1", "i2");
    }

    [Test]
    public void Refuses_what_is_over_the_limit_of_one_organization_only()
    {
        Add("a1");
        Add("a2");
        Add("a3");

        _queue.TryAddFinal("a4", "a").Should().BeFalse();
        _queue.TryAddFinal("b1", "b").Should().BeTrue();
        _queue.Count.Should().Be(4);
        TakeAll().Should().Equal("a1", "b1", "a2", "a3");
    }

    [Test]
    public void What_is_removed_leaves_its_place_and_its_turn()
    {
        Add("a1");
        Add("b1");
        Add("a2");
        Add("a3");
        _queue.AddInterim("i1");
        _queue.AddInterim("i2");

        _queue.Remove("b1").Should().BeTrue();
        _queue.Remove("a2").Should().BeTrue();
        _queue.Remove("i1").Should().BeTrue();
        _queue.Remove("i1").Should().BeFalse();
        Add("b2");

        _queue.TryAddFinal("a4", "a").Should().BeTrue();
        _queue.Count.Should().Be(5);
        TakeAll().Should().Equal("a1", "b2", "a3", "a4", "i2");
    }

    [Test]
    public void Gives_up_the_oldest_interim_result_to_make_room()
    {
        Add("a1");
        _queue.AddInterim("i1");
        _queue.AddInterim("i2");

        _queue.TryTakeInterim(out var interim).Should().BeTrue();

        interim.Should().Be("i1");
        TakeAll().Should().Equal("a1", "i2");
        _queue.TryTakeInterim(out _).Should().BeFalse();
    }

    private void Add(string item) => _queue.TryAddFinal(item, item[..1]).Should().BeTrue();

    private List<string> TakeAll()
    {
        var taken = new List<string>();
        while (_queue.TryTake(out var item))
        {
            taken.Add(item);
        }

        return taken;
    }
}
