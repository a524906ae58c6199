using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Host.Providers;
using Aico.Host.Storage;
using Aico.Host.Usage;

namespace Aico.Host.Api.Backend;

/// <summary>Rows of usage on their way from the host that has made them to the one that keeps them.</summary>
internal static class UsageWire
{
    /// <summary>More than a batch ever has.</summary>
    public const int MostRows = 1_000;

    private const int LongestText = 512;

    public static JsonObject Write(IEnumerable<UsageRow> rows) => new() { ["rows"] = new JsonArray([.. rows.Select(Write)]) };

    /// <param name="body">As <see cref="Write(IEnumerable{UsageRow})"/> writes it. Fields that this version does not know are left out.</param>
    /// <param name="organization">Whose all rows are.</param>
    /// <exception cref="ApiException">It has another shape; says where, all of it.</exception>
    public static IReadOnlyList<UsageRow> Read(JsonObject body, string organization)
    {
        if (body["rows"] is not JsonArray { Count: > 0 and <= MostRows } rows)
        {
            throw ApiException.Field("/rows", $"It is a list of 1 to {MostRows} rows.");
        }

        var errors = new List<ApiFieldError>();
        var read = rows.Select((row, index) => row is JsonObject fields
            ? new Reader(fields, $"/rows/{index.ToString(CultureInfo.InvariantCulture)}", errors).Read(organization)
            : Wrong(errors, index)).OfType<UsageRow>().ToList();
        return errors.Count == 0
            ? read
            : throw new ApiException(ApiProblem.Invalid, errors.Count == 1 ? "One field is not valid." : $"{errors.Count} fields are not valid.", errors);
    }

    private static JsonObject Write(UsageRow row) => new()
    {
        ["at"] = ApiJson.Time(row.At),
        ["sessionId"] = row.SessionId,
        ["turn"] = row.Turn,
        ["kind"] = row.Kind,
        ["provider"] = row.Provider,
        ["model"] = row.Model,
        ["chainPosition"] = row.ChainPosition,
        ["outcome"] = row.Outcome,
        ["failure"] = row.Failure,
        ["connectMs"] = row.ConnectLatency?.TotalMilliseconds,
        ["firstResultMs"] = row.FirstResultLatency?.TotalMilliseconds,
        ["audioSeconds"] = row.AudioSeconds,
        ["characters"] = row.Characters,
        ["inputTokens"] = row.InputTokens,
        ["cachedInputTokens"] = row.CachedInputTokens,
        ["outputTokens"] = row.OutputTokens,
        ["cost"] = row.Cost,
    };

    private static UsageRow? Wrong(List<ApiFieldError> errors, int index)
    {
        errors.Add(new ApiFieldError($"/rows/{index.ToString(CultureInfo.InvariantCulture)}", "It is an object."));
        return null;
    }

    private sealed class Reader(JsonObject fields, string place, List<ApiFieldError> errors)
    {
        public UsageRow Read(string organization) => new()
        {
            OrganizationId = organization,
            At = Time("at"),
            SessionId = Text("sessionId") ?? Missing("sessionId", "It is a text."),
            Turn = (int?)Number("turn", int.MaxValue),
            Kind = OneOf("kind", ProviderKinds.Codes),
            Provider = Text("provider") ?? Missing("provider", "It is a text."),
            Model = Text("model"),
            ChainPosition = (int)(Number("chainPosition", int.MaxValue) ?? 0),
            Outcome = OneOf("outcome", UsageAccount.Outcomes),
            Failure = Text("failure"),
            ConnectLatency = Milliseconds("connectMs"),
            FirstResultLatency = Milliseconds("firstResultMs"),
            AudioSeconds = (double)(Number("audioSeconds", 1e9m, isWhole: false) ?? 0),
            Characters = (long)(Number("characters", long.MaxValue) ?? 0),
            InputTokens = (long)(Number("inputTokens", long.MaxValue) ?? 0),
            CachedInputTokens = (long)(Number("cachedInputTokens", long.MaxValue) ?? 0),
            OutputTokens = (long)(Number("outputTokens", long.MaxValue) ?? 0),
            Cost = Number("cost", 1e9m, isWhole: false),
        };

        private string? Text(string name)
        {
            if (fields[name] is not { } node)
            {
                return null;
            }

            if (node is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: <= LongestText } text)
            {
                return text;
            }

            return Missing(name, $"It is a text of at most {LongestText} characters.");
        }

        private string OneOf(string name, IEnumerable<string> codes) =>
            Text(name) is { } code && codes.Contains(code) ? code : Missing(name, $"It is one of {string.Join(", ", codes)}.");

        private DateTimeOffset Time(string name)
        {
            if (Text(name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            {
                return time;
            }

            Missing(name, "It is a date-time, such as 2026-01-31T12:00:00Z.");
            return default;
        }

        private decimal? Number(string name, decimal most, bool isWhole = true)
        {
            if (fields[name] is not { } node)
            {
                return null;
            }

            if (node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out decimal number) && number >= 0 && number <= most
                && (!isWhole || number == decimal.Truncate(number)))
            {
                return number;
            }

            Missing(name, isWhole ? "It is a whole number from 0." : "It is a number from 0.");
            return null;
        }

        private TimeSpan? Milliseconds(string name) => Number(name, 1e9m, isWhole: false) is { } milliseconds ? TimeSpan.FromMilliseconds((double)milliseconds) : null;

        private string Missing(string name, string message)
        {
            errors.Add(new ApiFieldError($"{place}/{name}", message));
            return "";
        }
    }
}
