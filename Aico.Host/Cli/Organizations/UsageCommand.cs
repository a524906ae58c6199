using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Aico.Host.Api.Usage;
using Aico.Host.Cli.Organizations.Desks;
using Aico.Host.Cli.Storage;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico usage</c>: what an organization's calls used and cost.</summary>
internal static class UsageCommand
{
    private static readonly string[] Parts = ["day", "type", "provider", "model", "outcome"];
    private static readonly string[] Outcomes = ["useful", "cancelled", "speculative", "failed", "probe"];

    public static Command Create(TimeProvider time)
    {
        var organization = new Option<string>("--org") { Description = "The organization.", HelpName = "id", Required = true };
        var from = new Option<string?>("--from") { Description = "Date or date-time in UTC, inclusive. Default: 30 days before the end.", HelpName = "time" };
        var to = new Option<string?>("--to") { Description = "Date or date-time in UTC, exclusive. Default: now.", HelpName = "time" };
        var by = new Option<string?>("--by") { Description = "By what it is summed: day, provider, model, outcome, joined by commas. Default: everything in one sum.", HelpName = "parts" };
        var (server, data, json) = (new ServerOption(), new DataOptions(), CliJson.Option());
        var command = new Command("usage", "Shows what an organization's calls used and what that costs by the table of prices.") { organization, from, to, by, server.Server, json };
        data.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var id = parsed.GetRequiredValue(organization);
            var question = UsageQuestion.Read(
                parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(by), time.GetUtcNow(), (name, message) => new CliException($"--{name}: {message}"));
            using var api = await server.OpenAsync(parsed, data, time);
            var answer = api is null ? await LocalAsync(id, question, parsed, data, time, ct) : await api.AskAsync(HttpMethod.Get, Path(question), id, ct);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                CliJson.Write(output, answer);
            }
            else if (api is null)
            {
                Print(output, answer);
            }
            else
            {
                _ = api.Read(() => Print(output, answer));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<JsonObject> LocalAsync(string id, UsageQuestion question, ParseResult parsed, DataOptions data, TimeProvider time, CancellationToken ct)
    {
        await using var store = await data.OpenAsync(parsed, time, ct);
        // An organization of a file or of the environment has usage and no row of its own. How its budget stands is known to the host.
        return UsageView.Of(id, question, await store.SumUsageAsync(id, question.From, question.To, question.Grouping, ct), budget: null);
    }

    private static string Path(UsageQuestion question)
    {
        string Moment(DateTimeOffset moment) => Uri.EscapeDataString(moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        var by = Uri.EscapeDataString(question.Grouping.ToString().Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant());
        return $"/api/organizations/current/usage?from={Moment(question.From)}&to={Moment(question.To)}{(question.Grouping == 0 ? "" : $"&by={by}")}";
    }

    private static bool Print(TextWriter output, JsonObject answer)
    {
        var rows = answer["usage"]!.AsArray().Select(row => row!.AsObject()).ToList();
        if (rows.Count == 0)
        {
            output.WriteLine("No usage.");
        }
        else
        {
            var parts = Parts.Where(part => rows.Exists(row => row[part] is not null)).ToList();
            var table = new CliTable([.. parts.Select(part => part.ToUpperInvariant()), "ATTEMPTS", .. Outcomes.Select(outcome => outcome.ToUpperInvariant()), "AUDIO", "CHARACTERS", "TOKENS IN", "CACHED", "OUT", "USD"]);
            foreach (var row in rows)
            {
                table.Add(
                [
                    .. parts.Select(part => row[part]?.GetValue<string>() ?? "-"),
                    $"{Count(row, "attempts")}",
                    .. Outcomes.Select(outcome => $"{Count(row["outcomes"]![outcome]!.AsObject(), "attempts")}"),
                    TimeSpan.FromSeconds(Math.Round(row["audioSeconds"]!.GetValue<double>())).ToString("c", CultureInfo.InvariantCulture),
                    $"{Count(row, "characters")}", $"{Count(row, "inputTokens")}", $"{Count(row, "cachedInputTokens")}", $"{Count(row, "outputTokens")}",
                    Dollars(row),
                ]);
            }

            table.Write(output);
            output.WriteLine(Total(rows));
        }

        if (answer["budget"]?["message"] is { } budget)
        {
            output.WriteLine(budget.GetValue<string>());
        }

        return true;
    }

    private static string Total(List<JsonObject> rows)
    {
        var unpriced = rows.Sum(row => Count(row, "unpriced"));
        var total = string.Create(CultureInfo.InvariantCulture, $"{rows.Sum(row => row["estimatedCostUsd"]!.GetValue<decimal>()):0.0000} US dollars, as estimated by the table of prices");
        return unpriced == 0 ? $"{total}." : $"{total}; {unpriced} attempts have no known price and are not in it.";
    }

    private static string Dollars(JsonObject row) => row["estimatedCostUsd"]!.GetValue<decimal>().ToString("0.0000", CultureInfo.InvariantCulture);

    private static long Count(JsonObject row, string name) => row[name]!.GetValue<long>();
}
