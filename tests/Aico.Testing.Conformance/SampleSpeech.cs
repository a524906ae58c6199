using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Aico.Abstractions.Audio;

namespace Aico.Testing.Conformance;

/// <summary>Human speech for tests, from Debian's package pocketsphinx-testdata.</summary>
public static class SampleSpeech
{
    private const string Folder = "/usr/share/pocketsphinx/test/data";
    private const int SampleRate = 16_000;
    private const int FirstChunk = 12;
    private const int ChunkHead = 8;

    /// <summary>Somebody says "ten of clubs": 16 kHz mono, about two seconds.</summary>
    public static AudioFrame TenOfClubs => Read("cards/001.wav");

    /// <summary>Finds the audio in the chunks of the file, which is known to be PCM of 16 bit.</summary>
    private static AudioFrame Read(string name)
    {
        var path = Path.Combine(Folder, name);
        Assert.That(path, Does.Exist, "Human speech for tests is missing: apt-get install pocketsphinx-testdata.");
        var file = File.ReadAllBytes(path).AsSpan();
        for (var at = FirstChunk; at + ChunkHead <= file.Length;)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(file[(at + 4)..]);
            if (file.Slice(at, 4).SequenceEqual("data"u8))
            {
                var samples = MemoryMarshal.Cast<byte, short>(file.Slice(at + ChunkHead, Math.Min(size, file.Length - at - ChunkHead))).ToArray();
                return new AudioFrame(new AudioFormat(SampleRate, 1), samples, TimeSpan.Zero);
            }

            at += ChunkHead + size + (size & 1);
        }

        throw new InvalidDataException($"{path} holds no audio.");
    }
}
