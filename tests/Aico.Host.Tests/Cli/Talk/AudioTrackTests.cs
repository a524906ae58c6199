using Aico.Abstractions.Audio;
using Aico.Host.Cli.Talk;

namespace Aico.Host.Tests.Cli.Talk;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class AudioTrackTests
{
    private readonly AudioTrack _track = new(24_000);

    [Test]
    public void Joins_frames_of_odd_sizes_without_a_seam()
    {
        var written = 0;
        foreach (var size in new[] { 333, 480, 7, 1, 479, 1021, 480 })
        {
            var samples = Enumerable.Range(written + 1, size).Select(i => (short)i).ToArray();
            _track.Place(new AudioFrame(_track.Format, samples, _track.Format.DurationOf(written)));
            written += size;
        }

        _track.Samples.ToArray().Should().Equal(Enumerable.Range(1, written).Select(i => (short)i));
    }

    [Test]
    public void Leaves_silence_where_nothing_was_played()
    {
        _track.Place(Frame(TimeSpan.FromMilliseconds(10)));
        _track.Place(Frame(TimeSpan.FromMilliseconds(100)));

        _track.Samples.Slice(0, 240).ToArray().Should().OnlyContain(s => s == 0);
        _track.Samples.Slice(240, 480).ToArray().Should().OnlyContain(s => s == 1);
        _track.Samples.Slice(720, 1680).ToArray().Should().OnlyContain(s => s == 0);
        _track.Samples.Length.Should().Be(2400 + 480);
    }

    [Test]
    public void Forgets_what_was_cut_even_where_the_track_grows_again()
    {
        _track.Place(Frame(TimeSpan.Zero));
        _track.CutFrom(TimeSpan.FromMilliseconds(5));
        _track.Samples.Length.Should().Be(120);

        _track.Place(Frame(TimeSpan.FromMilliseconds(50)));

        _track.Samples.Slice(120, 1080).ToArray().Should().OnlyContain(s => s == 0);
    }

    [Test]
    public void Refuses_a_frame_of_another_format()
    {
        var place = () => _track.Place(new AudioFrame(new AudioFormat(16_000, 1), new short[10], TimeSpan.Zero));

        place.Should().Throw<ArgumentException>();
    }

    private AudioFrame Frame(TimeSpan offset) => new(_track.Format, Enumerable.Repeat((short)1, 480).ToArray(), offset);
}
