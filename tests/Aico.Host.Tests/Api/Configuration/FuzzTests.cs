using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Aico.Host.Tests.Api.Configuration;

/// <summary>Ten thousand requests that nobody would send, from a fixed seed.</summary>
internal sealed class FuzzTests
{
    private const int Count = 10_000;
    private const int Seed = 20261122;

    private static readonly string[] _texts =
    [
        "", " ", "acme", "current", "default", "openai", "scripted", "..", "%2e%2e%2f", "%00", "a%0ab", "'; DROP TABLE organizations; --", "${env:PATH}", "*", "\"1\"", "W/\"1-ab\"", "\"99999999999999999999\"",
        "-1", "0", "1e999", "NaN", "true", "null", "[]", "{}", "é", "\u202e", "😀", new('x', 300), "2026-01-01", "9999-12-31T23:59:59Z", "0001-01-01", "llm", "day,day,provider", "application/json", "text/html",
    ];

    private static readonly Func<JsonNode?>[] _values =
    [
        () => null, () => true, () => false, () => 0, () => -1, () => 1e300, () => long.MaxValue, () => "", () => "x", () => new string('y', 5_000), () => new JsonObject(), () => new JsonArray(),
        () => new JsonArray(1, "a", null), () => new JsonObject { ["a"] = new JsonObject { [""] = "~/" } }, () => "\u0000", () => "a\nb", () => "${file:/etc/passwd}", () => 0.1m, () => "😀",
    ];

    [Test]
    public async Task Neither_breaks_the_host_nor_changes_data_by_what_it_refuses()
    {
        await using var api = await ConfigurationApi.StartAsync();
        await api.MakeAsync("acme");
        var keys = new[] { ConfigurationApi.InternalKey, await api.KeyAsync("acme"), await api.KeyAsync("acme", "providers:read") };
        // A feed has no end to wait for.
        var operations = api.OpenApi.Operations.Where(operation => operation.Operation["responses"]!["200"]?["content"]?["text/event-stream"] is null).ToList();
        var random = new Random(Seed);
        var statuses = new SortedDictionary<int, int>();
        var watch = Stopwatch.StartNew();
        var revision = await api.Store.RevisionAsync(CancellationToken.None);
        for (var i = 0; i < Count; i++)
        {
            var (method, template, operation) = operations[random.Next(operations.Count)];
            var path = Path(random, template);
            var body = Body(random, operation);
            var headers = Headers(random, keys);
            using var content = body is null ? null : Content(random, body);

            var answer = await api.SendAsync(method, path, content, headers);

            var what = $"request {i}: {method} {path} {(body is null ? "" : Encoding.UTF8.GetString(body))} {string.Join(", ", headers)} -> {answer.Status} {answer.Body?.ToJsonString()}";
            answer.Status.Should().BeLessThan(500, what);
            statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
            var now = await api.Store.RevisionAsync(CancellationToken.None);
            if (answer.Status >= 400 || method == "GET")
            {
                now.Should().Be(revision, what);
            }

            revision = now;
            if (answer.Status == 204 && template == "/api/organizations/{id}" && path.EndsWith("/acme", StringComparison.Ordinal))
            {
                // The fuzz has found its own organization.
                await api.MakeAsync("acme");
                keys = [ConfigurationApi.InternalKey, await api.KeyAsync("acme"), await api.KeyAsync("acme", "providers:read")];
                revision = await api.Store.RevisionAsync(CancellationToken.None);
            }
        }

        TestContext.Progress.WriteLine($"{Count} requests in {watch.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", statuses.Select(status => $"{status.Key} {status.Value}"))}");
        statuses.Keys.Should().Contain([200, 400, 401, 403, 404, 415]);
        (await api.Store.CheckAsync(CancellationToken.None)).Should().BeEmpty();
        (await api.AskAsync("GET", "/api/providers")).Status.Should().Be(200);
    }

    private static string Path(Random random, string template)
    {
        var asksVendor = template.EndsWith("/test", StringComparison.Ordinal) || template.EndsWith("/models", StringComparison.Ordinal) || template.EndsWith("/voices", StringComparison.Ordinal);
        var path = System.Text.RegularExpressions.Regex.Replace(template, "\\{[^}]+\\}", _ => random.Next(3) switch
        {
            0 => Uri.EscapeDataString(Text(random)) is { Length: > 0 } text && !(asksVendor && text == "openai") ? text : "x",
            1 when !asksVendor => "openai",
            _ => new[] { "scripted", "acme", "llm", "default", "flite" }[random.Next(asksVendor ? 1 : 5)],
        });
        if (random.Next(3) == 0)
        {
            var names = new[] { "type", "limit", "after", "enabled", "state", "from", "to", "by", "name", "agent", "x" };
            path += "?" + string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{names[random.Next(names.Length)]}={Uri.EscapeDataString(Text(random))}"));
        }

        return path;
    }

    private static byte[]? Body(Random random, JsonNode operation)
    {
        if (operation["requestBody"]?["content"]?["application/json"]?["example"] is not { } example)
        {
            return random.Next(10) == 0 ? "{}"u8.ToArray() : null;
        }

        var node = example.DeepClone();
        (node as JsonObject)?.Remove("waitForAgent");
        switch (random.Next(6))
        {
            case 0:
                return Encoding.UTF8.GetBytes(node.ToJsonString());
            case 1:
                var bytes = Encoding.UTF8.GetBytes(node.ToJsonString());
                for (var i = random.Next(1, 5); i > 0; i--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                return bytes;
            case 2:
                var text = node.ToJsonString();
                return Encoding.UTF8.GetBytes(text[..random.Next(text.Length)]);
            case 3:
                return Encoding.UTF8.GetBytes(new[] { "null", "[]", "1", "\"\\ud800\"", "{\"a\":\"\\udc00\"}", string.Concat(Enumerable.Repeat("[", 2_000)), "{\"\":{}}", "\ufeff{}", "{\"a\":1,\"a\":2}", "" }[random.Next(10)]);
            default:
                for (var i = random.Next(1, 4); i > 0; i--)
                {
                    Mutate(random, node);
                }

                return Encoding.UTF8.GetBytes(node.ToJsonString());
        }
    }

    private static void Mutate(Random random, JsonNode node)
    {
        if (node is not JsonObject target)
        {
            return;
        }

        var names = target.Select(member => member.Key).ToList();
        var name = names.Count == 0 || random.Next(5) == 0 ? Text(random) : names[random.Next(names.Count)];
        if (target[name] is JsonObject inner && random.Next(2) == 0)
        {
            Mutate(random, inner);
        }
        else
        {
            target[name] = _values[random.Next(_values.Length)]();
        }
    }

    private static ByteArrayContent Content(Random random, byte[] body)
    {
        var content = new ByteArrayContent(body);
        var type = random.Next(12) switch
        {
            0 => "text/plain",
            1 => "application/xml",
            2 => "application/json; charset=utf-16",
            3 => null,
            _ => "application/json",
        };
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private static (string, string)[] Headers(Random random, string[] keys)
    {
        var headers = new List<(string, string)>();
        if (random.Next(12) > 0)
        {
            headers.Add((random.Next(4) == 0 ? "X-Api-Key" : "Authorization", "") switch
            {
                ("X-Api-Key", _) => ("X-Api-Key", keys[random.Next(keys.Length)]),
                _ => ("Authorization", $"Bearer {(random.Next(20) == 0 ? Text(random) : keys[random.Next(keys.Length)])}"),
            });
        }

        foreach (var name in new[] { "X-Organization-Id", "If-Match", "If-None-Match", "Idempotency-Key", "Origin", "Accept", "Content-Encoding" })
        {
            var isOrganization = name == "X-Organization-Id";
            if (random.Next(isOrganization ? 2 : 10) == 0)
            {
                headers.Add((name, isOrganization && random.Next(4) > 0 ? "acme" : Text(random)));
            }
        }

        return [.. headers];
    }

    private static string Text(Random random) => _texts[random.Next(_texts.Length)];
}
