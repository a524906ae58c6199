using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Remote;

namespace Aico.Host.Api;

/// <summary>What other hosts fetch from this one.</summary>
/// <param name="Source">Everything that this host serves, files included.</param>
/// <param name="Feed">Its changes.</param>
/// <param name="Key">The internal key; null: nobody has it, and nothing is told.</param>
internal sealed record ApiBackend(IOrganizationSource Source, ChangeFeed Feed, Secret? Key)
{
    /// <summary>A key beside it that this process made for its own call hosts; null: it has none.</summary>
    public Secret? RunKey { get; init; }
}
