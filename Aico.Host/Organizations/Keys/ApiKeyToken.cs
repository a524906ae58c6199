using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Aico.Abstractions.Plugins;

namespace Aico.Host.Organizations.Keys;

/// <summary>
/// What a holder of a key sends: "aico_", 43 letters and digits of chance (256 bits), and 6 that follow from them, so that a mistyped or cut
/// off key is told apart without asking the store, and so that scanners find keys that were published by mistake.
/// </summary>
internal static class ApiKeyToken
{
    private const string Prefix = "aico_";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int ChanceLength = 43;
    private const int ChecksumLength = 6;
    private const int Length = 5 + ChanceLength + ChecksumLength;

    private static readonly SearchValues<char> _letters = SearchValues.Create(Alphabet);

    public static Secret New()
    {
        Span<char> token = stackalloc char[Length];
        Prefix.CopyTo(token);
        RandomNumberGenerator.GetItems(Alphabet, token.Slice(Prefix.Length, ChanceLength));
        WriteChecksum(token[..^ChecksumLength], token[^ChecksumLength..]);
        return new Secret(new string(token));
    }

    /// <summary>An id, which names a key and gives nothing of it away.</summary>
    public static string NewId() => $"k_{RandomNumberGenerator.GetString(Alphabet, 12)}";

    /// <summary>What the store keeps of a key, and finds it by.</summary>
    public static KeyHash Hash(Secret token) => Hash(token.Reveal());

    /// <summary>The hash of a text; false where it cannot be a key of ours. Allocates nothing.</summary>
    public static bool TryHash(string token, out KeyHash hash)
    {
        hash = default;
        if (token.Length != Length || !token.StartsWith(Prefix, StringComparison.Ordinal) || token.AsSpan(Prefix.Length).ContainsAnyExcept(_letters))
        {
            return false;
        }

        Span<char> checksum = stackalloc char[ChecksumLength];
        WriteChecksum(token.AsSpan(0, Length - ChecksumLength), checksum);
        if (!checksum.SequenceEqual(token.AsSpan(Length - ChecksumLength)))
        {
            return false;
        }

        hash = Hash(token);
        return true;
    }

    private static KeyHash Hash(string token)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Encoding.ASCII.GetBytes(token, bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return new KeyHash(hash);
    }

    /// <summary>Of another beginning than the hash that the store keeps: the checksum, which is public, must say nothing of that.</summary>
    private static void WriteChecksum(ReadOnlySpan<char> token, Span<char> checksum)
    {
        Span<byte> bytes = stackalloc byte[1 + Length];
        var written = 1 + Encoding.ASCII.GetBytes(token, bytes[1..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..written], hash);
        var rest = BinaryPrimitives.ReadUInt32LittleEndian(hash);
        foreach (ref var letter in checksum)
        {
            letter = Alphabet[(int)(rest % Alphabet.Length)];
            rest /= (uint)Alphabet.Length;
        }
    }
}
