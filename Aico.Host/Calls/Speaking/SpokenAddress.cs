using System.Buffers;

namespace Aico.Host.Calls.Speaking;

/// <summary>Web addresses in running text: only the domain is spoken.</summary>
internal static class SpokenAddress
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n<>\"`|");
    private static readonly string[] Prefixes = ["https://", "http://", "www."];

    /// <summary>Returns the length of the address at the start of the text, 0 to wait for more, below 0 for none.</summary>
    public static int Length(TextWindow text, out ReadOnlySpan<char> spoken)
    {
        spoken = default;
        var prefix = Prefix(text, out var undecided);
        if (prefix is null)
        {
            return undecided ? 0 : MarkdownInline.No;
        }

        var length = text.Span.IndexOfAny(Ends);
        if (length < 0 && !text.IsComplete)
        {
            return 0;
        }

        var address = length < 0 ? text.Span : text.Span[..length];
        address = WithoutTrailingMarks(address);
        if (address.Length <= prefix.Length)
        {
            return MarkdownInline.No;
        }

        var host = address[(prefix == "www." ? 0 : prefix.Length)..];
        var hostEnd = host.IndexOfAny("/?#");
        host = hostEnd < 0 ? host : host[..hostEnd];
        host = host[(host.LastIndexOf('@') + 1)..];
        host = host.IndexOf(':') is var port and > 0 ? host[..port] : host;
        spoken = host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
        return spoken.IsEmpty ? MarkdownInline.No : address.Length;
    }

    private static string? Prefix(TextWindow text, out bool undecided)
    {
        undecided = false;
        foreach (var prefix in Prefixes)
        {
            if (text.Span.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return prefix;
            }

            undecided |= !text.IsComplete && prefix.AsSpan().StartsWith(text.Span, StringComparison.OrdinalIgnoreCase);
        }

        return null;
    }

    /// <summary>The stop of the sentence, emphasis around the address, and a bracket that was opened before it are not part of it.</summary>
    private static ReadOnlySpan<char> WithoutTrailingMarks(ReadOnlySpan<char> address)
    {
        while (!address.IsEmpty
            && (address[^1] is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '*' or '_' or '”' or '’' or ']' || (address[^1] == ')' && !address.Contains('('))))
        {
            address = address[..^1];
        }

        return address;
    }
}
