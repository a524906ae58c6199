using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Host.Organizations.Files;

namespace Aico.Host.Usage.Prices;

/// <summary>The file with the prices. docs/usage.md describes it; it is read when the host starts, and again at SIGHUP.</summary>
internal static class PriceFile
{
    public const string Variable = "AICO_PRICES";

    private static readonly JsonDocumentOptions Lenient =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = JsonPositions.Deepest };

    /// <summary>The operator's file, or the one beside the program; null where there is neither, and so no price is known.</summary>
    /// <exception cref="PriceFileException">The operator names a file that is not there.</exception>
    public static string? Find(IReadOnlyDictionary<string, string> environment, string hostFolder)
    {
        if (environment.GetValueOrDefault(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named
                : throw new PriceFileException(named, [new OrganizationFileError("", 0, 0, $"There is no such file, and {Variable} names it.")]);
        }

        var shipped = Path.Combine(hostFolder, "config", "prices.json");
        return File.Exists(shipped) ? shipped : null;
    }

    /// <exception cref="PriceFileException">Something is wrong in it; names everything that is.</exception>
    public static PriceTable Read(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PriceFileException(file, [new OrganizationFileError("", 0, 0, e.Message)]);
        }

        return Parse(file, bytes);
    }

    /// <param name="file">For errors.</param>
    /// <param name="bytes">What is in it.</param>
    public static PriceTable Parse(string file, byte[] bytes)
    {
        var text = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        var positions = JsonPositions.Read(text);
        if (positions.Errors.Count > 0)
        {
            throw new PriceFileException(file, positions.Errors);
        }

        var reading = new PriceReading();
        var table = reading.Read(JsonNode.Parse(text, documentOptions: Lenient));
        return reading.Errors.Count == 0 ? table : throw new PriceFileException(
            file, [.. reading.Errors.Select(error => positions.Error(error.Pointer, error.Message)).OrderBy(error => error.Line).ThenBy(error => error.Column)]);
    }
}
