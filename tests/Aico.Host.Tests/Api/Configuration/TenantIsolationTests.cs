using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Host.Calls;
using Aico.Host.Calls.Rooms;
using Aico.Host.Organizations.Keys;
using Aico.Host.Providers.Fallback;
using Aico.Host.Storage;
using Aico.Host.Tests.Storage;
using Aico.Testing.Calls;
using Microsoft.Extensions.AI;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>Walks every operation of the OpenAPI document with keys that must not see an organization whose every part holds a mark.</summary>
internal sealed class TenantIsolationTests
{
    private const string Mark = "CANARY";
    private const string ForHosts = "/api/internal";
    private readonly ManualClock _clock = new();

    [Test]
    public async Task Nobody_sees_or_changes_anything_of_another_organization()
    {
        await using var api = await ConfigurationApi.StartAsync(_clock);
        var marked = await PlantAsync(api);
        var callers = await CallersAsync(api);
        var before = await SnapshotAsync(api);
        var requests = 0;
        await Parallel.ForEachAsync(Requests(api, marked), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (request, _) =>
        {
            foreach (var caller in callers)
            {
                var answer = await api.SendAsync(request.Method, request.Path, request.Body, caller.Headers);
                Interlocked.Increment(ref requests);
                var what = $"{request.Method} {request.Path} as {caller.Name}: {answer.Status} {answer.Body?.ToJsonString()}";
                answer.Status.Should().BeLessThan(500, what);
                (answer.Body?.ToJsonString() ?? "").Should().NotContain(Mark, what);
                answer.Headers.ToString().Should().NotContain(Mark, what);
                if (request.Path.StartsWith(ForHosts, StringComparison.Ordinal))
                {
                    answer.Status.Should().BeOneOf([401, 403, 404], what);
                }

                if (!request.IsOpen && caller.Only is { } only)
                {
                    answer.Status.Should().Be(only, what);
                }
            }
        });

        (await api.AskAsync("GET", $"{ForHosts}/organizations/acme", organization: null)).Body!.ToJsonString().Should().Contain($"sk-0123456789-{Mark}", "there is something to see");
        requests.Should().BeGreaterThanOrEqualTo(2_000);
        (await SnapshotAsync(api)).Should().Be(before, "none of these requests may change the organization");
        TestContext.Progress.WriteLine($"{requests} requests");
    }

    private static async Task<string[]> PlantAsync(ConfigurationApi api)
    {
        await api.MakeAsync("acme");
        await api.MakeAsync("globex");
        async Task OkAsync(Task<ApiAnswer> asked) => (await asked).Status.Should().BeLessThan(300);
        await OkAsync(api.AskAsync("PUT", "/api/organizations/acme", $$$"""{"name":"{{{Mark}}} name"}""", organization: null));
        await OkAsync(api.AskAsync("PUT", "/api/organizations/current/providers/openai/config", $$$"""{"config":{"model":"{{{Mark}}}-model"}}"""));
        await OkAsync(api.AskAsync("PUT", "/api/organizations/current/providers/openai/secrets", $$$"""{"secrets":{"apiKey":"sk-0123456789-{{{Mark}}}"}}"""));
        await OkAsync(api.AskAsync("PUT", "/api/organizations/current/agents/sales", $$$"""{"greeting":"{{{Mark}}} greeting"}"""));
        var key = await api.AskAsync("POST", "/api/organizations/current/keys", $$$"""{"name":"{{{Mark}}} key","scopes":["usage:read"]}""");
        var summary = $$$"""{"id":"AJ_acme","organizationId":"acme","agent":"default","configurationVersion":"api:1","roomName":"{{{Mark}}}","state":"ended"}""";
        await api.Store.SaveSessionAsync(new SessionRow("AJ_acme", "acme", Mark, ManualClock.Start, ManualClock.Start, summary, $$$"""{"turns":[{"user":"{{{Mark}}}"}]}"""), CancellationToken.None);
        var usage = new UsageRow { OrganizationId = "acme", At = ManualClock.Start - TimeSpan.FromHours(1), SessionId = "AJ_acme", Kind = "llm", Provider = Mark, Model = Mark, Outcome = "useful" };
        await api.Store.AddUsageAsync([usage], CancellationToken.None);
        var live = api.Calls.Begin("AJ_live", Mark);
        live.Serves(new AgentLease
        {
            OrganizationId = "acme",
            Agent = new AgentSettings(),
            Room = new RoomCallSettings(),
            Providers = new CallProviders { LanguageModel = ProviderChain<IChatClient>.Of("scripted", new ScriptedLanguageModel(TimeProvider.System)) },
        }, Mark);
        return ["acme", "AJ_acme", "AJ_live", (string)key.Body!["id"]!];
    }

    private async Task<List<(string Name, int? Only, (string, string)[] Headers)>> CallersAsync(ConfigurationApi api)
    {
        var actor = new StoreActor("test");
        async Task<NewApiKey> MakeAsync(string organization, IReadOnlyList<string> scopes, DateTimeOffset? expires = null) =>
            await api.Keys.CreateAsync(organization, "k", scopes, expires, actor, CancellationToken.None);
        static (string, string)[] With(string key, params (string, string)[] more) => [("Authorization", $"Bearer {key}"), .. more];

        var full = (await MakeAsync("globex", ApiKeyScopes.All)).Token.Reveal();
        var expired = (await MakeAsync("acme", ApiKeyScopes.All, _clock.Now + TimeSpan.FromMinutes(1))).Token.Reveal();
        var revoked = await MakeAsync("acme", ApiKeyScopes.All);
        await api.Keys.RevokeAsync("acme", revoked.Row.Id, actor, CancellationToken.None);
        _clock.Now += TimeSpan.FromMinutes(2);
        List<(string, int?, (string, string)[])> callers =
        [
            ("another organization", null, With(full)),
            ("another organization that names this one", 404, With(full, ("X-Organization-Id", "acme"))),
            ("another organization that names both", 404, With(full, ("X-Organization-Id", "globex"), ("X-Organization-Id", "acme"))),
            ("another organization by X-Api-Key", 404, [("X-Api-Key", full), ("X-Organization-Id", "acme")]),
            ("nobody", 401, [("X-Organization-Id", "acme")]),
            ("an expired key", 401, With(expired)),
            ("a revoked key", 401, With(revoked.Token.Reveal(), ("X-Organization-Id", "acme"))),
            ("an invented key", 401, With("aico_invented")),
        ];
        foreach (var scope in ApiKeyScopes.All)
        {
            callers.Add(($"another organization's key for {scope}", null, With((await MakeAsync("globex", [scope])).Token.Reveal())));
        }

        return callers;
    }

    private static IEnumerable<(string Method, string Path, string? Body, bool IsOpen)> Requests(ConfigurationApi api, string[] marked)
    {
        foreach (var (method, template, operation) in api.OpenApi.Operations)
        {
            var isOpen = operation["security"]!.AsArray().Count == 0;
            var body = operation["requestBody"]?["content"]?["application/json"]?["example"]?.ToJsonString().Replace("\"waitForAgent\":true", "\"waitForAgent\":false", StringComparison.Ordinal);
            // What asks a vendor is asked of providers that have none.
            string[] keys = template.EndsWith("/test", StringComparison.Ordinal) || template.EndsWith("/models", StringComparison.Ordinal) || template.EndsWith("/voices", StringComparison.Ordinal)
                ? ["scripted", "nothing"] : ["openai", "scripted", "nothing"];
            string[] values = template.Contains("{key}", StringComparison.Ordinal) ? keys
                : template.EndsWith("{type}/test", StringComparison.Ordinal) ? ["vad", "nothing"] // A chain of another kind would be tried, which takes seconds.
                : template.Contains("{type}", StringComparison.Ordinal) ? ["llm", "stt", "nothing"]
                : template.Contains("{name}", StringComparison.Ordinal) ? ["sales", "default"]
                : template.Contains("{id}", StringComparison.Ordinal) ? marked
                : [""];
            foreach (var value in values)
            {
                var path = System.Text.RegularExpressions.Regex.Replace(template, "\\{[^}]+\\}", value);
                yield return (method, path, body, isOpen);
                yield return (method, path + "?type=llm&enabled=true&by=provider,model&state=ended&limit=200&agent=sales&organizationId=acme", method == "GET" ? null : "{}", isOpen);
            }
        }
    }

    private static async Task<string> SnapshotAsync(ConfigurationApi api)
    {
        var record = await api.Store.FindOrganizationAsync("acme", CancellationToken.None);
        var keys = await api.Store.ListApiKeysAsync("acme", CancellationToken.None);
        return new JsonArray(JsonSerializer.SerializeToNode(record), JsonSerializer.SerializeToNode(keys.Select(key => key with { LastUsed = null }))).ToJsonString();
    }
}
