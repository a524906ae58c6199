using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Host.Organizations.Changes;

namespace Aico.Host.Organizations.Files;

/// <summary>Reads organizations' files and checks them by the rules that hold for the API. Names everything that is wrong at once.</summary>
internal sealed class OrganizationFileReader(ConfigurationRules rules)
{
    public const int LargestFile = 1024 * 1024;

    private static readonly JsonDocumentOptions Lenient =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = JsonPositions.Deepest };

    /// <param name="id">The organization that the file's name names.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="errors">What is wrong with it; the content must not be used then.</param>
    public OrganizationFileContent? Read(string id, ReadOnlySpan<byte> bytes, out IReadOnlyList<OrganizationFileError> errors)
    {
        if (bytes.Length > LargestFile)
        {
            errors = [new OrganizationFileError("", 0, 0, $"The file is larger than {LargestFile / 1024} kB.")];
            return null;
        }

        var text = (bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes).ToArray();
        var positions = JsonPositions.Read(text);
        if (positions.Errors.Count > 0)
        {
            errors = positions.Errors;
            return null;
        }

        var checks = new OrganizationFileChecks(rules, id);
        if (!ConfigurationRules.IsName(id))
        {
            checks.Add("", $"The file's name names the organization: 1 to 64 lower case letters, digits and hyphens before .json, and \"{id}\" is not that.");
        }

        var content = checks.Check(JsonNode.Parse(text, documentOptions: Lenient));
        errors = [.. checks.Errors.Select(error => positions.Error(error.Pointer, error.Message)).OrderBy(error => error.Line).ThenBy(error => error.Column)];
        return errors.Count == 0 ? content : null;
    }
}
