namespace Aico.Testing.Http;

/// <summary>What a local server received.</summary>
public sealed record LocalRequest(string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, string Body);
