using System.Text.Json.Nodes;
using Aico.Host.Organizations.Documents;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>One organization that a file describes.</summary>
internal sealed class FileOrganizations : IOrganizationSource
{
    public const string Id = "filed";
    public const string File = "config/organizations/filed.json";

    private static readonly OrganizationDocument _document = new()
    {
        Id = Id,
        Name = "Filed",
        Revision = 3,
        Origin = ConfigurationOrigin.File,
        File = File,
        Providers = [new ConfiguredProvider("flite", [], true, 100, 0, default)],
        Agents = new Dictionary<string, JsonObject> { ["default"] = new() { ["greeting"] = "Hello from a file." } },
    };

    private bool _isGone;

    public event Action<string?>? Changed;

    /// <summary>Takes the file away, or brings it back.</summary>
    public void Set(bool isGone)
    {
        _isGone = isGone;
        Changed?.Invoke(Id);
    }

    public ValueTask<OrganizationDocument?> FindAsync(string organizationId, CancellationToken ct) =>
        ValueTask.FromResult(organizationId == Id && !_isGone ? _document : null);

    public ValueTask<IReadOnlyList<OrganizationSummary>> ListAsync(string? afterId, int limit, CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<OrganizationSummary>>(
        string.CompareOrdinal(Id, afterId) > 0 && !_isGone ? [new OrganizationSummary(Id, "Filed", 3, ConfigurationOrigin.File, File, default, default)] : []);
}
