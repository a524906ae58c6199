using System.Globalization;

namespace Aico.Host.Hosts;

/// <summary>How processes of this machine are called.</summary>
internal static class HostNames
{
    /// <param name="callHost">The number of a call host; null: a process that nobody numbered.</param>
    public static string Of(int? callHost) =>
        callHost is { } number ? string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{number}") : Environment.MachineName;
}
