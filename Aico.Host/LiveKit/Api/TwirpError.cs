namespace Aico.Host.LiveKit.Api;

/// <summary>The body of a refusal.</summary>
internal sealed record TwirpError
{
    public string Code { get; set; } = "";

    public string Msg { get; set; } = "";

    public IReadOnlyDictionary<string, string>? Meta { get; set; }
}
