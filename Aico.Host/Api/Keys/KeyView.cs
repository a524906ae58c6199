using System.Text.Json.Nodes;
using Aico.Host.Organizations.Keys;
using Aico.Host.Storage;

namespace Aico.Host.Api.Keys;

/// <summary>A key as the API shows it: all but the key itself.</summary>
internal static class KeyView
{
    public static JsonObject Of(ApiKeyRow key) => new()
    {
        ["id"] = key.Id,
        ["name"] = key.Name,
        ["scopes"] = new JsonArray([.. key.Scopes.Select(scope => (JsonNode)scope)]),
        ["createdAt"] = ApiJson.Time(key.Created),
        ["expiresAt"] = Time(key.Expires),
        ["endedAt"] = Time(key.Ended),
        ["lastUsedAt"] = Time(key.LastUsed),
    };

    /// <summary>With the key itself, the one time that it can be seen.</summary>
    public static JsonObject Of(NewApiKey made)
    {
        var view = Of(made.Row);
        view["key"] = made.Token.Reveal();
        return view;
    }

    private static string? Time(DateTimeOffset? time) => time is { } at ? ApiJson.Time(at) : null;
}
