using System.Globalization;

namespace Aico.Host.Organizations.Remote;

/// <summary>A place in the feed of a host's changes.</summary>
/// <param name="Epoch">Of the process that counts; another process begins anew.</param>
/// <param name="Number">Changes up to here are known.</param>
internal readonly record struct ChangeCursor(string Epoch, long Number)
{
    /// <summary>Null where the text is none.</summary>
    public static ChangeCursor? Parse(string? text) =>
        text?.Split('-') is [{ Length: > 0 } epoch, var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            ? new ChangeCursor(epoch, parsed)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}-{Number}");
}
