using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api;

/// <summary>
/// Which revision a change expects. An entity tag is "revision-hash": the revision is what a change is held to, the hash is of what was
/// shown, which can differ though the revision is the same (such as where a secret was set).
/// </summary>
internal static class ApiRevision
{
    /// <param name="http">The request, with If-Match or If-None-Match: *.</param>
    /// <param name="current">The revision of what is to be changed; 0: it is not there.</param>
    /// <returns>The revision that the store must find, 0 that it must find nothing; null: whatever it finds.</returns>
    /// <exception cref="ApiException">A header cannot be understood, or the thing is not there although it must be.</exception>
    public static long? Expected(HttpContext http, long current)
    {
        var none = http.Request.Headers.IfNoneMatch.ToString().Trim();
        var match = http.Request.Headers.IfMatch.ToString().Trim();
        if (none.Length > 0)
        {
            return none != "*" ? throw ApiException.Field("@If-None-Match", "On a change it is *: there must be nothing yet.")
                : match.Length > 0 ? throw ApiException.Field("@If-None-Match", "It contradicts If-Match.")
                : 0;
        }

        if (match.Length == 0)
        {
            return null;
        }

        if (match == "*")
        {
            return current == 0 ? throw Conflict("It is not there.", 0) : null;
        }

        var revisions = match.Split(',').Select(Parse).ToList();
        return revisions.Contains(current) ? current : revisions[0];
    }

    /// <summary>Refuses conditions where there is no revision to hold them to: a condition that is passed over is a trap.</summary>
    public static void RefuseConditions(HttpContext http)
    {
        foreach (var name in new[] { "If-Match", "If-None-Match" })
        {
            if (http.Request.Headers.ContainsKey(name))
            {
                throw ApiException.Field($"@{name}", "This has no revision of its own; leave the header out.");
            }
        }
    }

    public static ApiException Conflict(string detail, long actual) => new(ApiProblem.RevisionConflict, detail)
    {
        Members = new Dictionary<string, JsonNode?> { ["revision"] = actual == 0 ? null : actual },
    };

    private static long Parse(string tag)
    {
        var text = tag.Trim();
        text = text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text;
        var digits = text is ['"', .. var inner, '"'] ? inner.Split('-')[0] : "";
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0
            ? revision
            : throw ApiException.Field("@If-Match", "It is the ETag of an earlier answer, or *.");
    }
}
