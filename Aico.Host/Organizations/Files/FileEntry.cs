using Aico.Host.Organizations.Documents;

namespace Aico.Host.Organizations.Files;

/// <summary>What is known of one file. Immutable.</summary>
internal sealed record FileEntry
{
    public required string Id { get; init; }

    public required string Path { get; init; }

    /// <summary>Length and time of the last write of what the name leads to; changes with most writes.</summary>
    public required (long Length, DateTime Written) Stamp { get; init; }

    /// <summary>Of the bytes that were read last.</summary>
    public ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>The last good content; null where there never was any.</summary>
    public OrganizationFileContent? Content { get; init; }

    /// <summary>Of the bytes of <see cref="Content"/>.</summary>
    public ReadOnlyMemory<byte> ContentHash { get; init; }

    /// <summary>When that content was written.</summary>
    public DateTimeOffset Written { get; init; }

    public OrganizationDocument? Document { get; init; }

    public IReadOnlyList<OrganizationFileError> Errors { get; init; } = [];

    /// <summary>True where the file was broken already when the host began, so that nobody knows what the organization should be.</summary>
    public bool WasBrokenAtStart { get; init; }

    /// <summary>When the content was taken in.</summary>
    public DateTimeOffset? Taken { get; init; }

    /// <summary>When it was first found that the file cannot be used, without a good one since; null: it is good.</summary>
    public DateTimeOffset? BrokenSince { get; init; }

    public OrganizationFileStatus Status => new(Id, Path, Document is not null, Document?.Revision, Errors, Taken, BrokenSince);
}
