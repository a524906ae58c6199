using System.Text.Json.Nodes;

namespace Aico.Host.Api.OrganizationProviders;

/// <summary>The body of PUT …/config; what is left out stays, or takes its default.</summary>
internal sealed record ProviderConfigBody
{
    public JsonNode? Config { get; init; }

    public bool? IsEnabled { get; init; }

    public int? Priority { get; init; }
}
