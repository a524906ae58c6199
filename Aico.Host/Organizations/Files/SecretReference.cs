using System.Text.RegularExpressions;

namespace Aico.Host.Organizations.Files;

/// <summary>Where a secret of a file-managed organization is: <c>${env:NAME}</c> or <c>${file:/path}</c>.</summary>
/// <param name="IsFile">True for a file, false for an environment variable.</param>
/// <param name="Name">The variable, or the file's path: relative ones begin at the folder of the organization's file.</param>
internal sealed partial record SecretReference(bool IsFile, string Name)
{
    /// <summary>Null where the text is none.</summary>
    public static SecretReference? Parse(string text) => Form().Match(text) switch
    {
        { Success: false } => null,
        { Groups: var groups } when groups["variable"].Success => new SecretReference(false, groups["variable"].Value),
        { Groups: var groups } => new SecretReference(true, groups["path"].Value.Trim()),
    };

    public override string ToString() => $"${{{(IsFile ? "file" : "env")}:{Name}}}";

    [GeneratedRegex(@"^\$\{(env:(?<variable>[A-Za-z_][A-Za-z0-9_]*)|file:(?<path>[^}\r\n]*[^}\s]))\}\z")]
    private static partial Regex Form();
}
