using Aico.Host.Audio;
using static Aico.Host.Tests.Audio.WavBytes;

namespace Aico.Host.Tests.Audio;

public class WavReaderTests
{
    private static readonly TestCaseData[] Formats =
    [
        new(1, 8, new byte[] { 0, 128, 255 }, new short[] { -32_768, 0, 32_512 }),
        new(1, 16, Pcm16(-32_768, 0, 32_767), new short[] { -32_768, 0, 32_767 }),
        new(1, 24, new byte[] { 0, 0, 0x80, 0, 0, 0, 0xFF, 0xFF, 0x7F }, new short[] { -32_768, 0, 32_767 }),
        new(1, 32, new byte[] { 0, 0, 0, 0x80, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F }, new short[] { -32_768, 0, 32_767 }),
        new(3, 32, new[] { -1f, 0.5f, 9f }.SelectMany(BitConverter.GetBytes).ToArray(), new short[] { -32_768, 16_384, 32_767 }),
        new(3, 64, new[] { -1d, 0.5, double.NaN }.SelectMany(BitConverter.GetBytes).ToArray(), new short[] { -32_768, 16_384, 0 }),
    ];

    private static readonly TestCaseData[] Broken =
    [
        new(Array.Empty<byte>(), "The RIFF header is cut off: it needs 12 bytes from byte 0 on, 0 are there."),
        new("ID3\u0004 something else"u8.ToArray(), "This is no WAV file: it begins with \"ID3?\"*not RIFF and WAVE."),
        new(File(), "The file ends at byte 12 without a format chunk."),
        new(File(Format(1, 1, 16_000, 16)), "The file ends at byte 36 without a data chunk*"),
        new(File(Chunk("data", [1, 2])), "The data chunk at byte 12 comes before a format chunk*"),
        new(File(Chunk("fmt ", [1, 0])), "The format chunk at byte 12 has 2 bytes; it needs at least 16."),
        new(File(Chunk("fmt ", [1, 0], size: 0xFFFF_FFF0)), "The format chunk at byte 12 says it has 4294967280 bytes*"),
        new(File(Chunk("fmt ", [1, 0], size: 40)), "The format chunk at byte 12 is cut off: it needs 40 bytes from byte 20 on, 2 are there."),
        new(File(Format(7, 1, 8_000, 8), Chunk("data", [1, 2])), "*encoding 7 (mu-law); only PCM (1) and float (3)*"),
        new(File(Format(0x55, 1, 8_000, 16), Chunk("data", [1, 2])), "*encoding 85 (MP3)*"),
        new(File(Format(1, 6, 16_000, 16), Chunk("data", [1, 2])), "The file has 6 channels*mono and stereo are read."),
        new(File(Format(1, 0, 16_000, 16), Chunk("data", [1, 2])), "The file has 0 channels*"),
        new(File(Format(1, 1, 4_000, 16), Chunk("data", [1, 2])), "The file has a rate of 4000 Hz*8000 to 96000 Hz are read."),
        new(File(Format(1, 1, 16_000, 12), Chunk("data", [1, 2])), "The file has 12 bit PCM samples*8, 16, 24 and 32 bit are read."),
        new(File(Format(3, 1, 16_000, 16), Chunk("data", [1, 2])), "The file has 16 bit float samples*"),
        new(File(Format(1, 2, 16_000, 16, frame: 2), Chunk("data", [1, 2])), "*says 2 bytes a sample frame; 2 channels of 16 bit take 4."),
        new(File(Format(1, 1, 16_000, 16), Chunk("data", [1, 2, 3, 4], size: 1_000_000_000)), "The file ends early: the data chunk at byte 36 promises 1000000000 bytes of audio, 4 are there."),
        new(File(Format(1, 1, 16_000, 16), Chunk("LIST", [1, 2], size: 3_000_000_000)), "The file ends early: the chunk \"LIST\" at byte 36 promises 3000000000 bytes, 2 are there*"),
        new(File(Chunk("fmt ", [0xFE, 0xFF, 1, 0, 0x80, 0x3E, 0, 0, 0, 0x7D, 0, 0, 2, 0, 16, 0])), "The extensible format chunk at byte 12 has 16 bytes*"),
    ];

    [TestCaseSource(nameof(Formats))]
    public void Reads_each_format(int tag, int bits, byte[] data, short[] expected)
    {
        var plain = Read(File(Format(tag, 1, 22_050, bits), Chunk("data", data)));
        var extensible = Read(File(Extensible(tag, 1, 22_050, bits), Chunk("data", data)));

        plain.SampleRate.Should().Be(22_050);
        plain.Samples.Should().Equal(expected);
        extensible.Samples.Should().Equal(expected);
    }

    [TestCase(null, new short[] { 15, -15 })]
    [TestCase(0, new short[] { 10, -10 })]
    [TestCase(1, new short[] { 20, -20 })]
    public void Mixes_stereo_or_takes_one_side(int? channel, short[] expected)
    {
        var file = File(Format(1, 2, 48_000, 16), Chunk("data", Pcm16(10, 20, -10, -20)));

        WavReader.Read(new MemoryStream(file), channel).Samples.Should().Equal(expected);
    }

    [Test]
    public void Skips_other_chunks_and_their_padding()
    {
        var file = File(Chunk("JUNK", [9, 9, 9]), Format(1, 1, 8_000, 16), Chunk("LIST", [1]), Chunk("data", Pcm16(1, 2, 3)), Chunk("id3 ", [5, 5]));

        Read(file).Samples.Should().Equal(1, 2, 3);
    }

    [TestCase(0u, 0u)]
    [TestCase(0xFFFF_FFFFu, 0xFFFF_FFFFu)]
    [TestCase(0x7FFF_F024u, 0x7FFF_F000u)]
    [TestCase(36u, 0u)]
    [TestCase(0xFFFF_FFFFu, 0u)]
    public void Reads_to_the_end_where_the_writer_could_not_know_the_size(uint riffSize, uint dataSize) =>
        Read(File(riffSize, Format(1, 1, 8_000, 16), Chunk("data", Pcm16(1, 2, 3), dataSize))).Samples.Should().Equal(1, 2, 3);

    [Test]
    public void Takes_a_finished_file_without_audio_for_what_it_is() =>
        Read(File(Format(1, 1, 8_000, 16), Chunk("data", []), Chunk("LIST", [1, 2, 3, 4]))).Samples.Should().BeEmpty();

    [Test]
    public void Reads_from_a_stream_that_cannot_seek_and_gives_little_at_a_time()
    {
        var samples = Enumerable.Range(0, 100_000).Select(i => (short)i).ToArray();
        var file = File(0xFFFF_FFFF, Format(1, 1, 16_000, 16), Chunk("data", Pcm16(samples), 0xFFFF_FFFF));

        WavReader.Read(new PipeStream(file)).Samples.Should().Equal(samples);
    }

    [TestCaseSource(nameof(Broken))]
    public void Says_what_is_wrong_with_a_broken_file(byte[] file, string message) =>
        FluentActions.Invoking(() => Read(file)).Should().Throw<InvalidDataException>().WithMessage(message);

    [Test]
    public void Never_takes_memory_for_what_a_header_claims()
    {
        var file = File(Format(1, 1, 8_000, 16), Chunk("data", [1, 2, 3, 4], size: 0x7FFE_0000));
        var before = GC.GetAllocatedBytesForCurrentThread();

        FluentActions.Invoking(() => Read(file)).Should().Throw<InvalidDataException>();

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000_000);
    }

    [Test]
    public void Never_fails_otherwise_on_random_damage()
    {
        var random = new Random(11);
        var good = File(Extensible(1, 2, 16_000, 24), Chunk("LIST", [1, 2, 3]), Chunk("data", new byte[600]));
        for (var round = 0; round < 5_000; round++)
        {
            var bad = good[..random.Next(good.Length + 1)];
            for (var flips = random.Next(6); flips > 0 && bad.Length > 0; flips--)
            {
                bad[random.Next(Math.Min(bad.Length, 80))] = (byte)random.Next(256);
            }

            try
            {
                Read(bad).Samples.Length.Should().BeLessThanOrEqualTo(600);
            }
            catch (InvalidDataException)
            {
                // One of the clear sentences; anything else fails the test.
            }
        }
    }

    private static WavAudio Read(byte[] file) => WavReader.Read(new MemoryStream(file));

    private sealed class PipeStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 777)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 777));
    }
}
