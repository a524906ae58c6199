namespace Aico.Host.Api;

/// <summary>Who may use an endpoint. Every endpoint declares one; the gate enforces it.</summary>
internal sealed record ApiAccess
{
    private ApiAccess(bool isOpen = false, bool isForOperator = false, bool isForScraper = false, string? scope = null) =>
        (IsOpen, IsForOperator, IsForScraper, Scope) = (isOpen, isForOperator, isForScraper, scope);

    /// <summary>Everybody: it says nothing that a stranger should not know, or proves by other means who calls.</summary>
    public static ApiAccess Open { get; } = new(isOpen: true);

    /// <summary>Whoever has a key, whatever its scopes.</summary>
    public static ApiAccess AnyKey { get; } = new();

    /// <summary>The operator of the host alone.</summary>
    public static ApiAccess Operator { get; } = new(isForOperator: true);

    /// <summary>The operator of the host, and whoever has the key of its metrics.</summary>
    public static ApiAccess Scraper { get; } = new(isForOperator: true, isForScraper: true);

    public bool IsOpen { get; }

    public bool IsForOperator { get; }

    public bool IsForScraper { get; }

    /// <summary>What the key must be for; null: any key will do.</summary>
    public string? Scope { get; }

    /// <summary>The operator, and keys of organizations that have the scope.</summary>
    public static ApiAccess Of(string scope) => new(scope: scope);
}
