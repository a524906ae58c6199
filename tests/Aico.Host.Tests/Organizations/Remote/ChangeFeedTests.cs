using Aico.Host.Organizations.Remote;

namespace Aico.Host.Tests.Organizations.Remote;

public class ChangeFeedTests
{
    private ScriptedOrganizations _source = null!;
    private ChangeFeed _feed = null!;

    [SetUp]
    public void SetUp()
    {
        _source = new ScriptedOrganizations();
        _feed = new ChangeFeed(_source);
    }

    [TearDown]
    public void TearDown() => _feed.Dispose();

    [Test]
    public void Gives_what_came_after_a_place_each_once()
    {
        _source.Set("before", "");
        var place = _feed.Now;

        _source.Set("one", "");
        _source.Set("two", "");
        _source.Set("one", "");

        var (changed, now, _) = _feed.After(place);
        changed.Should().Equal("one", "two");
        _feed.After(now).Changed.Should().BeEmpty();
    }

    [Test]
    public void Says_that_anything_may_have_changed_where_the_place_is_not_its_own_or_forgotten()
    {
        var first = _feed.Now;
        using var other = new ChangeFeed(_source);
        for (var i = 0; i <= ChangeFeed.Remembered; i++)
        {
            _source.Set("one", "");
        }

        _feed.After(null).Changed.Should().Equal((string?)null);
        _feed.After(other.Now).Changed.Should().Equal((string?)null);
        _feed.After(first).Changed.Should().Equal((string?)null);
        _feed.After(_feed.Now with { Number = _feed.Now.Number + 1 }).Changed.Should().Equal((string?)null);
        _feed.After(first with { Number = 1 }).Changed.Should().Equal("one");
    }

    [Test]
    public void Wakes_whoever_waits_with_the_next_change()
    {
        var (_, _, next) = _feed.After(_feed.Now);
        next.IsCompleted.Should().BeFalse();

        _source.Set("one", "");

        next.IsCompleted.Should().BeTrue();
    }

    [TestCase("abc-12", "abc", 12)]
    [TestCase("abc-0", "abc", 0)]
    public void Reads_places_back(string text, string epoch, long number)
    {
        ChangeCursor.Parse(text).Should().Be(new ChangeCursor(epoch, number));
        ChangeCursor.Parse(text)!.Value.ToString().Should().Be(text);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("12")]
    [TestCase("a-b")]
    [TestCase("-1")]
    [TestCase("a-1-2")]
    public void Takes_other_texts_for_no_place(string? text)
    {
        ChangeCursor.Parse(text).Should().BeNull();
    }
}
