using System.Diagnostics;
using System.Security.Cryptography;

namespace Aico.Host.Organizations.Secrets;

/// <summary>A key that wraps the keys of values. Prints as its id, which gives nothing of it away.</summary>
[DebuggerDisplay("{Id}")]
internal sealed class MasterKey
{
    /// <summary>Bytes: AES-256.</summary>
    public const int Length = 32;

    private readonly byte[] _value;

    private MasterKey(byte[] value)
    {
        _value = value;
        // The id follows from the key: a file or variable with the same key has the same id on every host, and nobody has to name keys.
        Id = $"m_{Convert.ToHexStringLower(SHA256.HashData([.. "aico master key id"u8, .. value]).AsSpan(0, 8))}";
    }

    /// <summary>Stands beside every value that is under this key.</summary>
    public string Id { get; }

    public ReadOnlySpan<byte> Value => _value;

    public static MasterKey Random() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Reads a key as <see cref="ToBase64"/> writes it; null where it is none.</summary>
    public static MasterKey? Parse(string base64)
    {
        var bytes = new byte[Length + 1];
        return Convert.TryFromBase64String(base64, bytes, out var length) && length == Length ? new MasterKey(bytes[..Length]) : null;
    }

    /// <summary>The key itself, for the key file and nothing else.</summary>
    public string ToBase64() => Convert.ToBase64String(_value);

    public override string ToString() => Id;
}
