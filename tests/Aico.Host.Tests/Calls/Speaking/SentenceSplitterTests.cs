using Aico.Host.Calls.Speaking;

namespace Aico.Host.Tests.Calls.Speaking;

public class SentenceSplitterTests
{
    [TestCaseSource(typeof(SentenceCases), nameof(SentenceCases.All))]
    public void Cuts_the_text_whole(SentenceCase one) => Pieces(one.Language, [one.Text]).Should().Equal(one.Pieces);

    [TestCaseSource(typeof(SentenceCases), nameof(SentenceCases.All))]
    public void Cuts_the_same_pieces_character_by_character(SentenceCase one) =>
        Pieces(one.Language, one.Text.Select(c => c.ToString())).Should().Equal(one.Pieces);

    [TestCaseSource(typeof(SentenceCases), nameof(SentenceCases.All))]
    public void Cuts_the_same_pieces_from_chunks_of_any_size(SentenceCase one)
    {
        var random = new Random(20_26);
        for (var round = 0; round < 50; round++)
        {
            Pieces(one.Language, Chunks.Of(one.Text, random)).Should().Equal(one.Pieces);
        }
    }

    [Test]
    public void Cuts_the_same_pieces_of_random_text_whatever_the_chunks()
    {
        var random = new Random(7);
        string[] parts = [.. "Dr.|U.S.|a.m.|3.14|and|but|I|we|The|cat|.|.|!|?|...|,|;|:|—|–|\"|”|(|)|\n|\r\n| | | | | |。|、|你好|😀|e\u0301|J.|1,000|etc.|No.|5|\u200D".Split('|')];
        for (var round = 0; round < 3_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => parts[random.Next(parts.Length)]));
            var language = round % 3 == 0 ? "de" : "en";

            var whole = Pieces(language, [text]);

            string.Concat(whole).Should().Be(text);
            Pieces(language, text.Select(c => c.ToString())).Should().Equal(whole, "of {0}", text);
            Pieces(language, Chunks.Of(text, random)).Should().Equal(whole, "of {0}", text);
        }
    }

    [TestCase("Hello there. ", "Hello there. ")]
    [TestCase("Are you sure? ", "Are you sure? ")]
    [TestCase("One line of text\n", "One line of text\n")]
    [TestCase("Well, I would say, ", "Well, I would say, ")]
    [TestCase("Visit example.com. ", "Visit example.com. ")]
    [TestCase("好的，我来帮你，", null)]
    [TestCase("Hello there.", null)]
    [TestCase("We met Dr. ", null)]
    [TestCase("It opens at 7 a.m. ", null)]
    [TestCase("He said \"Go.\" ", null)]
    public void Gives_a_piece_as_soon_as_it_is_certain(string pushed, string? given)
    {
        var splitter = new SentenceSplitter("en");
        var ready = new List<string>();

        splitter.Push(pushed, ready);

        ready.Should().Equal(given is null ? [] : [given]);
    }

    [Test]
    public void Is_as_new_after_an_answer_was_completed()
    {
        var splitter = new SentenceSplitter("en");
        var ready = new List<string>();
        splitter.Push("An unfinished answer without a stop", ready);
        splitter.Complete(ready);
        ready.Clear();

        splitter.Push("As you can see, it starts with a clause again. ", ready);
        splitter.Complete(ready);

        ready.Should().Equal("As you can see, ", "it starts with a clause again. ");
    }

    [Test]
    public void Forgets_what_is_left_when_reset()
    {
        var splitter = new SentenceSplitter("en");
        var ready = new List<string>();
        splitter.Push("This was interrupted by the", ready);

        splitter.Reset();
        splitter.Complete(ready);

        ready.Should().BeEmpty();
    }

    [Test]
    public void Never_tears_a_character_where_nothing_else_gives_a_place_to_cut()
    {
        var text = string.Concat(Enumerable.Repeat("𠀀e\u0301👩\u200D🚀一", 200));

        var pieces = Pieces("zh", [text]);

        pieces.Should().HaveCountGreaterThan(3);
        pieces.Where(piece => char.IsLowSurrogate(piece[0]) || piece[0] is '\u0301' or '\u200D' || char.IsHighSurrogate(piece[^1]) || piece[^1] == '\u200D')
            .Should().BeEmpty();
        string.Concat(pieces).Should().Be(text);
        Pieces("zh", text.Select(c => c.ToString())).Should().Equal(pieces);
    }

    private static List<string> Pieces(string? language, IEnumerable<string> deltas)
    {
        var splitter = new SentenceSplitter(language);
        var ready = new List<string>();
        foreach (var delta in deltas)
        {
            splitter.Push(delta, ready);
        }

        splitter.Complete(ready);
        return ready;
    }
}
