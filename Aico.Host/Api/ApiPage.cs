using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Limit">Most that the answer has.</param>
/// <param name="After">Where the last answer ended; null: from the beginning.</param>
internal sealed record ApiPage(int Limit, string? After)
{
    private const int Default = 50;
    private const int Most = 200;

    /// <exception cref="ApiException">The query cannot be understood.</exception>
    public static ApiPage Of(HttpContext http)
    {
        var limit = http.Request.Query["limit"].ToString();
        var after = http.Request.Query["after"].ToString();
        var count = Default;
        if (limit.Length > 0 && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > Most))
        {
            throw ApiException.Field("?limit", $"It is a number from 1 to {Most}.");
        }

        return after.Length > 500 ? throw NotACursor() : new ApiPage(count, after.Length == 0 ? null : after);
    }

    public static ApiException NotACursor() => ApiException.Field("?after", "It is the \"next\" of an earlier answer.");

    /// <summary>A list with where it goes on.</summary>
    /// <param name="name">Of the member that holds the items.</param>
    /// <param name="items">The page.</param>
    /// <param name="next">The cursor behind the last item; null at the end.</param>
    public static JsonObject Answer(string name, IEnumerable<JsonNode> items, string? next) =>
        new() { [name] = new JsonArray([.. items]), ["next"] = next };
}
