using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Files;
using Aico.Host.Organizations.Keys;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Providers;
using Aico.Host.Storage;

namespace Aico.Host.Api;

/// <summary>What the endpoints need to show and change the configuration of organizations.</summary>
/// <param name="Catalog">The providers that there are.</param>
/// <param name="Factory">Makes providers, to try them.</param>
/// <param name="Cache">Resolved organizations.</param>
/// <param name="Source">All organizations, wherever they are configured.</param>
/// <param name="Changes">The write side.</param>
/// <param name="Keys">Keys of organizations.</param>
/// <param name="Store">Usage, sessions, the audit log.</param>
internal sealed record ApiConfiguration(
    ProviderCatalog Catalog,
    ProviderFactory Factory,
    OrganizationCache Cache,
    IOrganizationSource Source,
    OrganizationChanges Changes,
    ApiKeys Keys,
    IStore Store)
{
    /// <summary>What became of the files that describe organizations.</summary>
    public Func<IReadOnlyList<OrganizationFileStatus>> Files { get; init; } = () => [];
}
