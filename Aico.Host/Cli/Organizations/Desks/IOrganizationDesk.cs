using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Files;

namespace Aico.Host.Cli.Organizations.Desks;

/// <summary>
/// Where commands look after organizations: this machine's, or those of a server. Commands print the same from either. Each method throws
/// what <see cref="CliErrors"/> knows. Used by one command, then disposed.
/// </summary>
internal interface IOrganizationDesk : IAsyncDisposable
{
    /// <summary>Files that describe organizations and what became of them.</summary>
    Task<IReadOnlyList<OrganizationFileStatus>> FilesAsync(CancellationToken ct);

    /// <summary>The kind of a provider that was read; null where no plugin brings it.</summary>
    ProviderKind? KindOf(string providerKey);

    /// <summary>All organizations, by id.</summary>
    Task<IReadOnlyList<OrganizationSummary>> ListAsync(CancellationToken ct);

    /// <summary>An organization; the values of secrets are not for showing, and a server does not give them.</summary>
    Task<OrganizationDocument> FindAsync(string id, CancellationToken ct);

    /// <summary>An organization, where no file describes it.</summary>
    Task<OrganizationDocument> FindChangeableAsync(string id, CancellationToken ct);

    /// <summary>What a provider can be set to.</summary>
    Task<ProviderShape> ShapeOfAsync(string providerKey, CancellationToken ct);

    /// <summary>The text of the file that describes the organization; null where none does, or where it cannot be read from here.</summary>
    Task<string?> FileTextAsync(OrganizationDocument document, CancellationToken ct);

    /// <summary>What a call of an agent would be made from.</summary>
    Task<Explanation> ExplainAsync(string id, string agent, CancellationToken ct);

    /// <summary>Makes an organization be as a file says; a server's by one change after the other.</summary>
    /// <param name="path">The file, whole.</param>
    /// <param name="id">Null: as the file's name says.</param>
    /// <param name="ct">Gives up.</param>
    Task<OrganizationImported> ImportAsync(string path, string? id, CancellationToken ct);

    Task<OrganizationDocument> CreateAsync(string id, string name, CancellationToken ct);

    Task DeleteAsync(string id, CancellationToken ct);

    /// <summary>Sets a provider; the answer has at least this provider in it.</summary>
    /// <param name="id">The organization.</param>
    /// <param name="providerKey">The provider.</param>
    /// <param name="patch">What is to be set.</param>
    /// <param name="expected">The revision of the provider's settings that must be there, 0: none; null: whichever.</param>
    /// <param name="ct">Gives up.</param>
    Task<OrganizationDocument> PutProviderAsync(string id, string providerKey, ProviderPatch patch, long? expected, CancellationToken ct);

    /// <summary>Sets secrets of a provider; the answer has at least this provider in it.</summary>
    Task<OrganizationDocument> PutSecretsAsync(string id, string providerKey, IReadOnlyDictionary<string, string> secrets, bool showsHint, CancellationToken ct);

    /// <summary>Takes secrets of a provider away; null: all of it.</summary>
    Task DeleteSecretsAsync(string id, string providerKey, IReadOnlyList<string>? names, CancellationToken ct);
}
