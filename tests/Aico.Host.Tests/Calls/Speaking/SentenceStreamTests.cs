using Aico.Host.Calls;
using Aico.Host.Calls.Speaking;

namespace Aico.Host.Tests.Calls.Speaking;

public class SentenceStreamTests
{
    [TestCase("One two. <no-interrupt>Three four.</no-interrupt> Five six.", "One two. |!Three four. |Five six.")]
    [TestCase("<no-interrupt>One two.</no-interrupt> Three four.", "!One two. |Three four.")]
    [TestCase("One two. Your number is <NO-INTERRUPT>4711. Keep it.</No-Interrupt> Three four.", "One two. |!Your number is 4711. |!Keep it. |Three four.")]
    [TestCase("One two. <no-interrupt>Three four. Five six.", "One two. |!Three four. |!Five six.")]
    [TestCase("One two.<no-interrupt> </no-interrupt>Three four.", "One two. |Three four.")]
    [TestCase("One two. <no-interrupt>**Three** four.</no-interrupt> _Five_ six.", "One two. |!Three four. |Five six.")]
    [TestCase("Less < more, <b>bold</b> and </no-interrupt> plain.", "Less < more, bold and  plain.")]
    [TestCase("One two. <no-interrupt><no-interrupt>Three four.</no-interrupt> Five six.</no-interrupt>", "One two. |!Three four. |Five six.")]
    [TestCase("One two. <no-interrupt>Three four.</no-inter", "One two. |!Three four.")]
    [TestCase("One two<no-interrupt>!</no-interrupt> Three four.", "!One two! |Three four.")]
    [TestCase("One two. <no-interrupt></no-interrupt>Three four.", "One two. |Three four.")]
    public void Marks_the_sentences_that_hold_marked_text_however_it_is_cut(string written, string spoken)
    {
        foreach (var size in new[] { 1, 2, 3, 5, 7, 1000 })
        {
            var sentences = Stream(written, size, isUninterruptible: false);

            string.Join('|', sentences.Select(sentence => (sentence.IsUninterruptible ? "!" : "") + sentence.Text)).Should().Be(spoken, $"of pieces of {size}");
        }
    }

    [Test]
    public void Cuts_marked_text_where_it_would_cut_it_without_marks()
    {
        const string Text = "Well, the total is 3.50 euros, Dr. Miller, and that is all. Is there more? 1. Yes.";
        var plain = Stream(Text, 4, isUninterruptible: false).Select(sentence => sentence.Text);

        var marked = Stream(Text.Replace("3.50 euros", "<no-interrupt>3.50 euros</no-interrupt>"), 4, isUninterruptible: false).Select(sentence => sentence.Text);

        marked.Should().Equal(plain);
    }

    [Test]
    public void Marks_everything_where_all_is_uninterruptible() =>
        Stream("One two. Three four.", 4, isUninterruptible: true).Should().OnlyContain(sentence => sentence.IsUninterruptible);

    [Test]
    public void Returns_the_text_without_the_tags()
    {
        var stream = new SentenceStream(new AgentSettings(), isUninterruptible: false);
        var ready = new List<Sentence>();

        string.Concat(new[] { "On", "e <no-", "interrupt>tw", "o</no-interrupt", ">." }.Select(text => stream.Push(text, ready))).Should().Be("One two.");
    }

    [Test]
    public void Keeps_a_mark_open_over_a_flush()
    {
        var stream = new SentenceStream(new AgentSettings(), isUninterruptible: false);
        var ready = new List<Sentence>();
        stream.Push("<no-interrupt>One two.", ready);
        stream.Flush(ready);
        stream.Push("Three four.", ready);
        stream.Flush(ready);

        ready.Should().Equal(new Sentence("One two.", true), new Sentence("Three four.", true));
    }

    private static List<Sentence> Stream(string text, int size, bool isUninterruptible)
    {
        var stream = new SentenceStream(new AgentSettings(), isUninterruptible);
        var ready = new List<Sentence>();
        foreach (var piece in text.Chunk(size))
        {
            stream.Push(new string(piece), ready);
        }

        stream.Flush(ready);
        return ready;
    }
}
