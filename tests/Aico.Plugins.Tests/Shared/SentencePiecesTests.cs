extern alias flite;

using SentencePieces = flite::Aico.Plugins.Shared.Speech.SentencePieces;

namespace Aico.Plugins.Tests.Shared;

public class SentencePiecesTests
{
    [TestCase("Hello there. How are you?", "Hello there. |")]
    [TestCase("Really? Yes! No", "Really? |Yes! |")]
    [TestCase("He said \"stop.\" Then he went", "He said \"stop.\" |")]
    [TestCase("Mr. Smith paid 3.50 dollars", "")]
    [TestCase("J. Smith", "")]
    [TestCase("Then J. Smith came. Hello", "Then J. Smith came. |")]
    [TestCase("It ends here.", "")]
    [TestCase("one line\nand another", "one line\n|")]
    [TestCase("你好。再见", "你好。|")]
    public void Gives_without_a_flush_only_what_ends_obviously(string text, string expected)
    {
        var pieces = new SentencePieces();
        pieces.Append(text);

        string.Concat(Take(pieces, flush: false).Select(piece => piece + "|")).Should().Be(expected);
    }

    [Test]
    public void Gives_everything_on_a_flush()
    {
        var pieces = new SentencePieces();
        pieces.Append("Hel");
        pieces.Append("lo, Mr. Sm");

        Take(pieces, flush: true).Should().Equal("Hello, Mr. Sm");
        Take(pieces, flush: true).Should().BeEmpty();
    }

    [Test]
    public void Cuts_a_long_first_sentence_at_a_clause_and_leaves_the_second_whole()
    {
        const string Sentence = "When you come home in the evening, please put the key on the table, and do not forget the milk. ";
        var pieces = new SentencePieces();
        pieces.Append(Sentence + Sentence);

        Take(pieces, flush: true).Should().Equal(
            "When you come home in the evening, ", "please put the key on the table, and do not forget the milk. ", Sentence);
    }

    [Test]
    public void Bounds_text_without_any_end_and_joins_to_it([Values(true, false)] bool spaces)
    {
        var text = string.Concat(Enumerable.Range(0, 500).Select(i => spaces ? $"word{i} " : $"word{i}😀"));
        var pieces = new SentencePieces();
        pieces.Append(text);

        var taken = Take(pieces, flush: true);

        taken.Should().OnlyContain(piece => piece.Length <= 200).And.OnlyContain(piece => !char.IsLowSurrogate(piece[0]));
        string.Concat(taken).Should().Be(text);
    }

    private static List<string> Take(SentencePieces pieces, bool flush)
    {
        var taken = new List<string>();
        while (pieces.TryTake(flush, out var piece))
        {
            taken.Add(piece);
        }

        return taken;
    }
}
