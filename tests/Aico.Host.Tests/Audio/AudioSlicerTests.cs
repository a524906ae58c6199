using Aico.Host.Audio;

namespace Aico.Host.Tests.Audio;

public class AudioSlicerTests
{
    [Test]
    public void Cuts_pushes_of_any_size_into_frames_and_loses_nothing()
    {
        var random = new Random(5);
        var slicer = new AudioSlicer(320);
        var input = Enumerable.Range(0, 50_000).Select(i => (short)i).ToArray();
        var output = new List<short>();
        var frame = new short[320];

        for (var taken = 0; taken < input.Length;)
        {
            var length = Math.Min(random.Next(0, 1_500), input.Length - taken);
            slicer.Push(input.AsSpan(taken, length));
            taken += length;
            while (random.Next(4) > 0 && slicer.TryRead(frame))
            {
                output.AddRange(frame);
            }
        }

        while (slicer.TryRead(frame))
        {
            output.AddRange(frame);
        }

        (output.Count % 320).Should().Be(0);
        output.AddRange(frame[..slicer.Flush(frame)]);
        output.Should().Equal(input);
    }

    [Test]
    public void Gives_the_last_partial_frame()
    {
        var slicer = new AudioSlicer(4);
        var frame = new short[4];
        slicer.Push([1, 2, 3, 4, 5, 6]);

        slicer.TryRead(frame).Should().BeTrue();
        slicer.TryRead(frame).Should().BeFalse();
        slicer.Flush(frame).Should().Be(2);

        frame[..2].Should().Equal(5, 6);
        slicer.Flush(frame).Should().Be(0);
    }

    [Test]
    public void Refuses_to_flush_while_whole_frames_are_unread()
    {
        var slicer = new AudioSlicer(4);
        slicer.Push([1, 2, 3, 4, 5]);

        slicer.Invoking(it => it.Flush(new short[4])).Should().Throw<InvalidOperationException>().WithMessage("*5 samples*");
    }

    [Test]
    public void Refuses_a_frame_of_another_size() =>
        new AudioSlicer(4).Invoking(it => it.TryRead(new short[5])).Should().Throw<ArgumentException>().WithMessage("*4*5*");

    [Test]
    public void Drops_what_it_holds_when_reset()
    {
        var slicer = new AudioSlicer(4);
        slicer.Push([1, 2, 3]);

        slicer.Reset();
        slicer.Push([7, 8, 9, 10]);

        var frame = new short[4];
        slicer.TryRead(frame).Should().BeTrue();
        frame.Should().Equal(7, 8, 9, 10);
    }

    [Test]
    public void Allocates_nothing_once_it_has_grown()
    {
        var slicer = new AudioSlicer(320);
        var push = new short[441];
        var frame = new short[320];

        Allocations.Of(() =>
        {
            slicer.Push(push);
            while (slicer.TryRead(frame))
            {
            }
        }).Should().Be(0);
    }
}
