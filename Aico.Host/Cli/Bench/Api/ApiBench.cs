using Aico.Host.Api;
using Aico.Host.Api.OrganizationProviders;

namespace Aico.Host.Cli.Bench.Api;

/// <summary>Measures the API against Kestrel alone, in turns, so that whatever else the machine does falls on both.</summary>
internal static class ApiBench
{
    private const string EnabledPath = "/api/providers/organization/enabled";
    private const int Turns = 5;

    public static async Task<ApiBenchResult> RunAsync(AicoHost host, HttpMessageHandler http, int connections, TimeSpan duration, TextWriter progress, CancellationToken ct)
    {
        await using var api = await BenchApi.StartAsync(host, ct);
        (string, string)[] headers = [("Authorization", $"Bearer {api.Key}"), (ApiOrganization.Header, BenchApi.Organization)];
        var body = await BodyAsync(http, api, headers, ct);
        await using var bare = await BareServer.StartAsync(body, ct);
        var (ours, floor) = (new HttpLoad(api.Address, connections), new HttpLoad(bare.Address, connections));
        var (get, same) = (ours.Request("GET", EnabledPath, null, headers), floor.Request("GET", EnabledPath, null, headers));

        await progress.WriteLineAsync("warming up");
        var turn = duration / Turns;
        await ours.RunAsync((_, _) => get, TimeSpan.FromSeconds(2), ct);
        await floor.RunAsync((_, _) => same, TimeSpan.FromSeconds(2), ct);
        await progress.WriteLineAsync($"reading for {duration.TotalSeconds:0} s, each server in {Turns} turns");
        var (reads, alone) = (new LoadResult([], TimeSpan.Zero), new LoadResult([], TimeSpan.Zero));
        for (var i = 0; i < Turns; i++)
        {
            alone += await floor.RunAsync((_, _) => same, turn, ct);
            reads += await ours.RunAsync((_, _) => get, turn, ct);
        }

        await progress.WriteLineAsync($"writing for {duration.TotalSeconds:0} s");
        var path = $"{OrganizationProviderEndpoints.Path}/{BenchApi.WrittenProvider}/config";
        var writes = await ours.RunAsync((connection, number) => ours.Request("PUT", path, $$"""{"priority":{{(connection * 10_000) + (number % 10_000)}}}""", headers), duration, ct);
        return new ApiBenchResult(connections, body.Length, reads, alone, writes);
    }

    private static async Task<byte[]> BodyAsync(HttpMessageHandler handler, BenchApi api, (string Name, string Value)[] headers, CancellationToken ct)
    {
        using var client = new HttpClient(handler, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.Address, EnabledPath));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request, ct);
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        return answer.IsSuccessStatusCode ? body : throw new CliException($"The API answered {(int)answer.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}", ExitCode.Failed);
    }
}
