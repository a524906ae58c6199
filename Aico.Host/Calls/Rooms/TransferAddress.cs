using System.Text.RegularExpressions;

namespace Aico.Host.Calls.Rooms;

/// <summary>Where a telephone caller can be transferred to.</summary>
internal static partial class TransferAddress
{
    /// <summary>What people may write.</summary>
    public const string Expected = "a telephone number like +15550100, or a tel: or sip: address";

    /// <summary>The address that the server takes; null where the text is none.</summary>
    public static string? Of(string text)
    {
        var number = text.Trim().Replace(" ", "", StringComparison.Ordinal);
        var address = Number().IsMatch(number) ? $"tel:{number}" : number;
        return Address().IsMatch(address) ? address : null;
    }

    [GeneratedRegex(@"^\+?[0-9]{3,20}$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(tel:\+?[0-9]{3,20}|sips?:[^\s<>]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
