using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Aico.Abstractions.Plugins;
using Aico.Host.Storage;

namespace Aico.Host.Organizations.Secrets;

/// <summary>
/// Encrypts secrets for the store: each under a random key of its own (AES-256-GCM), which is wrapped by the current master key. Both are
/// bound to the secret's place. Safe from any thread.
/// </summary>
internal sealed class SecretVault(MasterKeys keys)
{
    /// <summary>First byte of everything that is encrypted, so that another way can come later.</summary>
    private const byte Format = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    /// <exception cref="MasterKeyException">There is no usable master key.</exception>
    public EncryptedValue Encrypt(SecretOwner owner, Secret secret)
    {
        var master = keys.Current;
        var place = Bind(owner, master.Id);
        Span<byte> own = stackalloc byte[MasterKey.Length];
        var plain = Encoding.UTF8.GetBytes(secret.Reveal());
        try
        {
            RandomNumberGenerator.Fill(own);
            return new EncryptedValue(master.Id, Seal(master.Value, own, place), Seal(own, plain, place));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(own);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <exception cref="SecretUnreadableException">Its master key is not there, or the value is damaged or from another place.</exception>
    /// <exception cref="MasterKeyException">The file of the master keys is gone, or cannot be read any more.</exception>
    public Secret Decrypt(SecretOwner owner, EncryptedValue value)
    {
        var master = keys.Find(value.KeyId) ?? throw new SecretUnreadableException(
            $"{Begin(owner)} is encrypted under the master key {value.KeyId}, which {keys.Place} does not hold: bring that key back, or set the secret anew.");
        var place = Bind(owner, master.Id);
        byte[] own = [];
        byte[] plain = [];
        try
        {
            own = Open(master.Value, value.WrappedKey.Span, place);
            plain = own.Length == MasterKey.Length ? Open(own, value.Ciphertext.Span, place) : throw new CryptographicException();
            return new Secret(Encoding.UTF8.GetString(plain));
        }
        catch (CryptographicException)
        {
            throw new SecretUnreadableException($"{Begin(owner)} is damaged, or was brought here from another place: set it anew.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(own);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, byte[] place)
    {
        var sealedBytes = new byte[Overhead + plain.Length];
        var nonce = sealedBytes.AsSpan(1, NonceLength);
        sealedBytes[0] = Format;
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, plain, sealedBytes.AsSpan(Overhead), sealedBytes.AsSpan(1 + NonceLength, TagLength), place);
        return sealedBytes;
    }

    private static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> sealedBytes, byte[] place)
    {
        if (sealedBytes.Length < Overhead || sealedBytes[0] != Format)
        {
            throw new CryptographicException();
        }

        var plain = new byte[sealedBytes.Length - Overhead];
        using var cipher = new AesGcm(key, TagLength);
        cipher.Decrypt(sealedBytes.Slice(1, NonceLength), sealedBytes[Overhead..], sealedBytes.Slice(1 + NonceLength, TagLength), plain, place);
        return plain;
    }

    /// <summary>What the encryption is bound to. Each part with its length: no two places have the same bytes.</summary>
    private static byte[] Bind(SecretOwner owner, string keyId)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in (ReadOnlySpan<string>)["aico secret", owner.OrganizationId, owner.ProviderKey, owner.Name, keyId])
        {
            var text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
            bytes.Write(length);
            bytes.Write(text);
        }

        return bytes.ToArray();
    }

    private static string Begin(SecretOwner owner)
    {
        var text = owner.ToString();
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
