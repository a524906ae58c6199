namespace Aico.Plugins.Shared.Vendors;

/// <summary>What a vendor said of a failure.</summary>
/// <param name="Status">The HTTP status; 0 where the failure came inside a stream.</param>
/// <param name="Code">The vendor's own codes, joined by blanks; empty where there is none.</param>
/// <param name="Message">The vendor's words; empty where there are none.</param>
internal sealed record VendorFault(int Status, string Code, string Message)
{
    public TimeSpan? RetryAfter { get; init; }

    public bool Says(string word) =>
        Code.Contains(word, StringComparison.OrdinalIgnoreCase) || Message.Contains(word, StringComparison.OrdinalIgnoreCase);

    public bool HasCode(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (Code.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
