namespace Aico.Host.Api.OrganizationProviders;

/// <summary>The body of PUT …/secrets.</summary>
internal sealed record SecretsBody
{
    public Dictionary<string, string>? Secrets { get; init; }

    /// <summary>True: the last four characters are kept in clear, so that people can tell keys apart.</summary>
    public bool ShowLastFour { get; init; }
}
