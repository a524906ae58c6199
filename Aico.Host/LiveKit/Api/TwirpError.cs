namespace Aico.Host.LiveKit.Api;

/// <summary>The body of a refusal.</summary>
internal sealed record TwirpError
{
    public string Code { get; init; } = "";

    public string Msg { get; init; } = "";

    public IReadOnlyDictionary<string, string>? Meta { get; init; }
}
