namespace Aico.Host.Hosts;

/// <summary>Paths of the API that hosts are known by.</summary>
internal static class HostAddress
{
    /// <summary>Where the operator sees them.</summary>
    public const string List = "/api/hosts";

    /// <summary>Where they report; behind it comes the id.</summary>
    public const string Reports = "/api/internal/hosts";
}
