using Aico.Abstractions.Plugins;
using Aico.Host.Providers;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api;

/// <summary>Reads what several endpoints take in their address.</summary>
internal static class ApiQuery
{
    /// <summary>?type=; null where it is left out.</summary>
    public static ProviderKind? Kind(HttpContext http)
    {
        var code = http.Request.Query["type"].ToString();
        return code.Length == 0 ? null : ProviderKinds.Parse(code) ?? throw ApiException.Field("?type", $"It is one of {string.Join(", ", ProviderKinds.Codes)}.");
    }

    /// <summary>The kind in the path.</summary>
    public static ProviderKind KindOfPath(HttpContext http) => ProviderKinds.Parse(Path(http, "type"))
        ?? throw new ApiException(ApiProblem.NotFound, $"There is no such kind of provider; it is one of {string.Join(", ", ProviderKinds.Codes)}.");

    /// <summary>?name=true|false; null where it is left out.</summary>
    public static bool? Flag(HttpContext http, string name) => http.Request.Query[name].ToString() switch
    {
        "" => null,
        "true" => true,
        "false" => false,
        _ => throw ApiException.Field($"?{name}", "It is true or false."),
    };

    public static string Path(HttpContext http, string name) => (string)http.Request.RouteValues[name]!;
}
