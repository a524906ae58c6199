namespace Aico.Host.Api.Tokens;

/// <summary>An identity provider whose tokens the API takes.</summary>
/// <param name="Issuer">As it stands in the tokens; its keys are found below it by OpenID Connect's discovery.</param>
/// <param name="Audience">That tokens must be for.</param>
/// <param name="OrganizationClaim">Names the organization in a token.</param>
internal sealed record JwtOptions(Uri Issuer, string Audience, string OrganizationClaim)
{
    public const string IssuerVariable = "AICO_JWT_ISSUER";
    public const string AudienceVariable = "AICO_JWT_AUDIENCE";
    public const string OrganizationVariable = "AICO_JWT_ORGANIZATION_CLAIM";

    /// <summary>Null where no issuer is set.</summary>
    /// <exception cref="FormatException">What is set cannot be used; the message says which variable.</exception>
    public static JwtOptions? Of(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.GetValueOrDefault(IssuerVariable) is not { Length: > 0 } text)
        {
            return null;
        }

        // Keys that come over a wire that others can write to are everybody's keys.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var issuer) || (issuer.Scheme != Uri.UriSchemeHttps && !(issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback)))
        {
            throw new FormatException($"{IssuerVariable}: expected an https address, such as https://login.example.com/.");
        }

        return environment.GetValueOrDefault(AudienceVariable) is { Length: > 0 } audience
            ? new JwtOptions(issuer, audience, environment.GetValueOrDefault(OrganizationVariable) is { Length: > 0 } claim ? claim : "organization")
            : throw new FormatException($"{AudienceVariable} is needed with {IssuerVariable}: a token for another service must not open this one.");
    }
}
