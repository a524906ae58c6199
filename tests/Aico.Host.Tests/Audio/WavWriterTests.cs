using Aico.Host.Audio;

namespace Aico.Host.Tests.Audio;

public class WavWriterTests
{
    [Test]
    public void Writes_what_the_reader_reads()
    {
        var file = new MemoryStream();
        short[] stereo = [1, -1, 2, -2, 32_767, -32_768];

        using (var writer = new WavWriter(file, 24_000, 2))
        {
            writer.Write(stereo.AsSpan(0, 2));
            writer.Write(stereo.AsSpan(2));
        }

        var bytes = file.ToArray();
        var left = WavReader.Read(new MemoryStream(bytes), channel: 0);
        left.SampleRate.Should().Be(24_000);
        left.Samples.Should().Equal(1, 2, 32_767);
        WavReader.Read(new MemoryStream(bytes), channel: 1).Samples.Should().Equal(-1, -2, -32_768);
        bytes.Length.Should().Be(44 + 12);
        BitConverter.ToUInt32(bytes, 4).Should().Be(48u);
        BitConverter.ToUInt32(bytes, 40).Should().Be(12u);
    }

    [Test]
    public void Leaves_a_file_that_is_whole_up_to_its_last_second_when_the_process_dies()
    {
        var file = new MemoryStream();
        var writer = new WavWriter(file, 8_000, 1);
        var frame = new short[160];

        for (var i = 0; i < 149; i++)
        {
            writer.Write(frame);
        }

        // Never disposed: 2.98 s were written.
        var bytes = file.ToArray();
        BitConverter.ToUInt32(bytes, 40).Should().Be(2 * 16_000);
        BitConverter.ToUInt32(bytes, 4).Should().Be((2 * 16_000) + 36);
        WavReader.Read(new MemoryStream(bytes)).Duration.Should().Be(TimeSpan.FromSeconds(2));
    }

    [Test]
    public void Is_a_file_without_audio_from_the_start()
    {
        var file = new MemoryStream();
        _ = new WavWriter(file, 8_000, 1);

        WavReader.Read(new MemoryStream(file.ToArray())).Samples.Should().BeEmpty();
    }

    [Test]
    public void Says_unknown_where_the_stream_cannot_seek()
    {
        var pipe = new Pipe();
        var writer = new WavWriter(pipe, 16_000, 1);

        writer.Write(new short[20_000]);
        writer.Write([7]);
        writer.Dispose();

        var bytes = pipe.ToArray();
        BitConverter.ToUInt32(bytes, 40).Should().Be(uint.MaxValue);
        WavReader.Read(new MemoryStream(bytes)).Samples.Should().HaveCount(20_001).And.EndWith((short)7);
    }

    [Test]
    public void Takes_a_second_disposal_and_refuses_a_later_write()
    {
        var pipe = new Pipe();
        var writer = new WavWriter(pipe, 16_000, 1);
        writer.Dispose();

        writer.Dispose();

        pipe.Disposals.Should().Be(1);
        writer.Invoking(it => it.Write([1])).Should().Throw<ObjectDisposedException>();
    }

    [Test]
    public void Allocates_nothing_for_a_frame()
    {
        var file = new MemoryStream(10_000_000);
        var writer = new WavWriter(file, 16_000, 1);
        var frame = new short[320];

        Allocations.Of(() => writer.Write(frame)).Should().Be(0);
    }

    private sealed class Pipe : MemoryStream
    {
        public int Disposals { get; private set; }

        public override bool CanSeek => false;

        public override long Position
        {
            get => base.Position;
            set => throw new NotSupportedException();
        }

        protected override void Dispose(bool disposing)
        {
            Disposals++;
            base.Dispose(disposing);
        }
    }
}
