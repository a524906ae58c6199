using System.Text.Json.Nodes;
using Aico.Host.Api;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>The OpenAPI document; the answers of all other tests here are held against it too.</summary>
internal sealed class OpenApiTests
{
    private ConfigurationApi _api = null!;

    [OneTimeSetUp]
    public async Task Start() => _api = await ConfigurationApi.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _api.DisposeAsync();

    [Test]
    public void Knows_every_route_and_no_other()
    {
        var described = _api.OpenApi.Operations.Select(operation => $"{operation.Method} {operation.Path}").ToList();

        _api.Routes.Should().BeEquivalentTo(described);
        described.Should().Contain(["GET /api/providers/organization/enabled", "POST /api/organizations", "GET /healthz", "POST /api/sessions"]).And.OnlyHaveUniqueItems();
        _api.OpenApi.Operations.Select(operation => (string)operation.Operation["operationId"]!).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void Has_an_example_for_every_body_and_answer_that_is_as_its_schema_says()
    {
        foreach (var (method, path, operation) in _api.OpenApi.Operations)
        {
            var contents = operation["responses"]!.AsObject().Select(response => response.Value!["content"]).Append(operation["requestBody"]?["content"]);
            foreach (var media in contents.OfType<JsonObject>().SelectMany(content => content.Select(type => type.Value!)))
            {
                var name = ((string)media["schema"]!["$ref"]!).Split('/')[^1];
                media["example"].Should().NotBeNull("{0} {1} shows {2}", method, path, name);
                _api.OpenApi.Check(name, media["example"]!, $"the example of {name}");
            }
        }
    }

    [Test]
    public void Says_who_may_use_each_operation()
    {
        foreach (var (method, path, operation) in _api.OpenApi.Operations)
        {
            var isOpen = operation["security"]!.AsArray().Count == 0;
            isOpen.Should().Be((!path.StartsWith("/api", StringComparison.Ordinal) && path != "/metrics") || path == "/api/livekit/webhook", "{0} {1}", method, path);
            if (!isOpen)
            {
                operation["responses"]!["401"].Should().NotBeNull();
                ((string)operation["description"]!).Should().Contain("internal key");
            }
        }
    }

    [Test]
    public async Task Is_shown_by_a_page_that_loads_nothing_from_elsewhere()
    {
        using var http = new HttpClient(new SocketsHttpHandler());
        var page = await http.GetStringAsync(new Uri(_api.Address, "/openapi"));

        page.Should().Contain("<title>AICO API</title>").And.Contain("/openapi/v1.json");
        System.Text.RegularExpressions.Regex.Matches(page, "(src|href)=\"(?!/openapi)").Should().BeEmpty();
        page.Should().NotContain("://");
    }

    [Test]
    public void The_documentation_lists_every_problem()
    {
        var documentation = File.ReadAllText(Path.Combine(Aico.Testing.TestPaths.Repository, "docs", "api.md"));

        foreach (var problem in ApiProblem.All)
        {
            documentation.Should().Contain($"`{problem.Type}`");
        }
    }
}
