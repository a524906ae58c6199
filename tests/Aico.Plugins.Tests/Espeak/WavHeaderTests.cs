using System.Text;
using Aico.Abstractions;
using Aico.Abstractions.Audio;
using Aico.Plugins.Espeak;

namespace Aico.Plugins.Tests.Espeak;

public class WavHeaderTests
{
    private static readonly AudioFormat Expected = new(22_050, 1);

    [Test]
    public async Task Stops_just_before_the_samples_whatever_stands_before_them()
    {
        using var stream = new MemoryStream([.. "RIFF????WAVELIST\u0004\0\0\0abcd"u8, .. Format(22_050, 1, 16), .. "data????XY"u8]);

        (await WavHeader.ReadAsync(stream, Expected, default)).Should().BeTrue();
        new StreamReader(stream).ReadToEnd().Should().Be("XY");
    }

    [Test]
    public async Task Takes_an_empty_stream_for_no_speech()
    {
        (await WavHeader.ReadAsync(Stream.Null, Expected, default)).Should().BeFalse();
    }

    [TestCase("Usage: espeak-ng", "*something that is no WAV audio.")]
    [TestCase("RIFF????WAVEdat", "*WAV audio without samples.")]
    public async Task Refuses_what_is_no_audio(string text, string message)
    {
        using var stream = new MemoryStream(Encoding.ASCII.GetBytes(text));
        var read = () => WavHeader.ReadAsync(stream, Expected, default);

        (await read.Should().ThrowAsync<ProviderException>()).WithMessage(message).Which.Failure.Should().Be(ProviderFailure.ProtocolError);
    }

    [TestCase(16_000, 1, 16)]
    [TestCase(22_050, 2, 16)]
    [TestCase(22_050, 1, 8)]
    public async Task Refuses_another_format(int sampleRate, int channels, int bits)
    {
        using var stream = new MemoryStream([.. "RIFF????WAVE"u8, .. Format(sampleRate, channels, bits), .. "data????"u8]);
        var read = () => WavHeader.ReadAsync(stream, Expected, default);

        (await read.Should().ThrowAsync<ProviderException>()).WithMessage($"*{sampleRate} Hz, {channels} channels and {bits} bits*");
    }

    private static byte[] Format(int sampleRate, int channels, int bits)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("fmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)channels);
        writer.Write(sampleRate);
        writer.Write(sampleRate * channels * bits / 8);
        writer.Write((short)(channels * bits / 8));
        writer.Write((short)bits);
        return stream.ToArray();
    }
}
