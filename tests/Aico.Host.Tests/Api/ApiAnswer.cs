using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Aico.Host.Tests.Api;

/// <summary>What the API answered.</summary>
internal sealed record ApiAnswer(int Status, string? ContentType, JsonNode? Body, HttpResponseHeaders Headers)
{
    /// <summary>The fields that are named as wrong, with what is said of them.</summary>
    public IReadOnlyDictionary<string, string> Errors =>
        Body!["errors"]!.AsArray().ToDictionary(error => (string)error!["pointer"]!, error => (string)error!["message"]!);

    public void IsProblem(int status, string type)
    {
        ContentType.Should().Be("application/problem+json");
        (Status, (int)Body!["status"]!, (string)Body["type"]!).Should().Be((status, status, $"urn:aico:problem:{type}"));
        ((string)Body["title"]!).Should().NotBeNullOrEmpty();
        ((string?)Body["detail"]).Should().NotBeNullOrEmpty();
    }
}
