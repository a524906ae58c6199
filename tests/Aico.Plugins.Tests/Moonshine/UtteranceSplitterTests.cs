using Aico.Plugins.Moonshine;

namespace Aico.Plugins.Tests.Moonshine;

public class UtteranceSplitterTests
{
    private const int Second = 16_000;

    [TestCase(1)]
    [TestCase(28)]
    public void Leaves_what_the_model_can_hold_in_one_piece(int seconds)
    {
        var utterance = Loud(seconds);

        UtteranceSplitter.Split(utterance).Should().ContainSingle().Which.Should().Be(new ReadOnlyMemory<short>(utterance));
    }

    [Test]
    public void Cuts_where_the_speaker_is_most_quiet()
    {
        var utterance = Loud(30);
        Quiet(utterance, from: 12.0, seconds: 0.4, level: 0);
        Quiet(utterance, from: 15.0, seconds: 0.3, level: 900);
        Quiet(utterance, from: 17.0, seconds: 0.05, level: 0);

        var pieces = UtteranceSplitter.Split(utterance);

        pieces.Should().HaveCount(2);
        pieces[0].Length.Should().BeInRange((int)(12.05 * Second), (int)(12.35 * Second));
    }

    [Test]
    public void Cuts_off_no_short_piece_however_quiet_its_end_is()
    {
        var utterance = Loud(30);
        Quiet(utterance, from: 1.0, seconds: 1, level: 0);
        Quiet(utterance, from: 28.0, seconds: 1, level: 0);

        UtteranceSplitter.Split(utterance).Should().OnlyContain(piece => piece.Length >= 10 * Second);
    }

    [TestCase(29)]
    [TestCase(61)]
    [TestCase(200)]
    public void The_pieces_are_the_utterance_and_none_is_too_long(int seconds)
    {
        var utterance = Loud(seconds);

        var pieces = UtteranceSplitter.Split(utterance);

        pieces.Should().OnlyContain(piece => piece.Length <= 28 * Second);
        pieces.SelectMany(piece => piece.ToArray()).Should().Equal(utterance);
    }

    private static short[] Loud(int seconds)
    {
        var random = new Random(seconds);
        return [.. Enumerable.Range(0, seconds * Second).Select(_ => (short)random.Next(-20_000, 20_000))];
    }

    private static void Quiet(short[] utterance, double from, double seconds, int level)
    {
        var part = utterance.AsSpan((int)(from * Second), (int)(seconds * Second));
        for (var i = 0; i < part.Length; i++)
        {
            part[i] = (short)(part[i] * level / 20_000);
        }
    }
}
