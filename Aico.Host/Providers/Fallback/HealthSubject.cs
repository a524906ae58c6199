using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;

namespace Aico.Host.Providers.Fallback;

/// <summary>
/// What an outage is an outage of: a provider at an address, with a credential, with a model. Calls, also of other organizations, share
/// an outage where they share what is out.
/// </summary>
internal sealed record HealthSubject
{
    // Credentials are compared by it and never shown; the key is of this process, so that nothing can be looked up in a table.
    private static readonly byte[] FingerprintKey = RandomNumberGenerator.GetBytes(32);

    /// <summary>The provider's key, such as "deepgram".</summary>
    public required string Provider { get; init; }

    public required ProviderKind Kind { get; init; }

    /// <summary>Scheme, host and port; "in this process" for what has none.</summary>
    public required string Endpoint { get; init; }

    /// <summary>A fingerprint of the secrets; empty where there are none. Not shown to anybody.</summary>
    public required string Credential { get; init; }

    /// <summary>Null where the provider has no choice of models.</summary>
    public string? Model { get; init; }

    /// <summary>Whose chain it stands in, for the usage of probes.</summary>
    public string OrganizationId { get; init; } = "";

    /// <summary>How to look whether an outage is over; null where the provider has no such request.</summary>
    public IProviderProbe? Probe { get; init; }

    /// <param name="definition">The provider.</param>
    /// <param name="settings">What is set of it; its schema says the rest.</param>
    /// <param name="secrets">Its secrets.</param>
    /// <param name="instance">What was made of it.</param>
    /// <param name="organizationId">Whose it is.</param>
    public static HealthSubject Of(
        ProviderDefinition definition, JsonObject settings, IReadOnlyDictionary<string, Secret> secrets, object instance, string organizationId)
    {
        return new HealthSubject
        {
            Provider = definition.Key,
            Kind = definition.Kind,
            Endpoint = EndpointOf(definition, settings),
            Credential = FingerprintOf(secrets),
            Model = ModelOf(definition, settings),
            OrganizationId = organizationId,
            Probe = instance as IProviderProbe ?? (instance as Microsoft.Extensions.AI.IChatClient)?.GetService(typeof(IProviderProbe)) as IProviderProbe,
        };
    }

    /// <summary>The model that is set, or the provider's default; null where it has no choice of models.</summary>
    public static string? ModelOf(ProviderDefinition definition, JsonObject settings) => SettingOf(definition, settings, "model") ?? SettingOf(definition, settings, "deployment");

    /// <summary>Where its settings lead: scheme, host and port; "in this process" where they lead nowhere.</summary>
    public static string EndpointOf(ProviderDefinition definition, JsonObject settings)
    {
        string? Setting(string name) => SettingOf(definition, settings, name);
        return AddressOf(Setting("baseUrl") ?? Setting("endpoint"), Setting("host"), Setting("port"));
    }

    private static string? SettingOf(ProviderDefinition definition, JsonObject settings, string name) =>
        (settings[name] ?? definition.SettingsSchema["properties"]?[name]?["default"])?.ToString() is { Length: > 0 } text ? text : null;

    private static string AddressOf(string? baseUrl, string? host, string? port) =>
        Uri.TryCreate(baseUrl, UriKind.Absolute, out var address) ? address.GetLeftPart(UriPartial.Authority)
        : host is null ? "in this process"
        : port is null ? host : $"{host}:{port}";

    private static string FingerprintOf(IReadOnlyDictionary<string, Secret> secrets)
    {
        if (secrets.Count == 0)
        {
            return "";
        }

        var all = string.Join('\n', secrets.OrderBy(secret => secret.Key, StringComparer.Ordinal).Select(secret => $"{secret.Key}={secret.Value.Reveal()}"));
        return Convert.ToHexString(HMACSHA256.HashData(FingerprintKey, Encoding.UTF8.GetBytes(all)));
    }
}
