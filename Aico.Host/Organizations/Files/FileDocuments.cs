using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Aico.Host.Organizations.Documents;

namespace Aico.Host.Organizations.Files;

/// <summary>Makes documents of what stands in files, with the secrets that they refer to.</summary>
internal sealed class FileDocuments(SecretReferences references)
{
    // A revision may be shown to people; with a salt of this process it tells nothing of a secret that could be guessed.
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(32);

    /// <summary>The document of the content as it is now, its secrets read anew.</summary>
    public OrganizationDocument Make(OrganizationFileContent content, ReadOnlySpan<byte> contentHash, string path, DateTimeOffset written)
    {
        var folder = Path.GetDirectoryName(path)!;
        var secrets = content.Providers
            .SelectMany(provider => provider.Secrets.Select(secret => Secret(provider.Key, secret.Key, references.Resolve(secret.Value, folder), written)))
            .ToList();
        return new OrganizationDocument
        {
            Id = content.Id,
            Name = content.Name,
            Revision = Revision(contentHash, secrets),
            Origin = ConfigurationOrigin.File,
            File = path,
            Created = written,
            Updated = written,
            Providers = content.Configured(written),
            Secrets = secrets,
            Agents = content.Agents,
        };
    }

    private static ConfiguredSecret Secret(string provider, string name, (Aico.Abstractions.Plugins.Secret? Value, string? Problem) found, DateTimeOffset written) =>
        new(provider, name, found.Value, null, written, found.Problem is null ? null : $"The secret \"{name}\" is not there. {found.Problem}");

    // From the content, so that it differs whenever anything differs, also over restarts; 52 bits, which every reader of JSON keeps whole.
    private long Revision(ReadOnlySpan<byte> contentHash, List<ConfiguredSecret> secrets)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(contentHash);
        if (secrets.Count > 0)
        {
            hash.AppendData(_salt);
        }

        foreach (var secret in secrets)
        {
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes($"{secret.ProviderKey}\0{secret.Name}\0{(secret.Value is { } value ? $"+{value.Reveal()}" : $"-{secret.Problem}")}")));
        }

        var revision = (long)(BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset()) >> 12);
        return revision == 0 ? 1 : revision;
    }
}
