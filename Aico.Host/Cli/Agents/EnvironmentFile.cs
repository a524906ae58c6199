namespace Aico.Host.Cli.Agents;

/// <summary>
/// Reads a file of NAME=value lines: blank lines and lines that begin with # are passed over, "export " before a name too; a value
/// may stand in single or double quotes, and outside quotes " #" begins a comment. Nothing is expanded.
/// </summary>
internal static class EnvironmentFile
{
    /// <exception cref="CliException">The file cannot be read, or a line is none of these; says which, and never shows a value.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"--env-file {path}: {(File.Exists(path) ? e.Message : "there is no such file.")}");
        }

        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? line : line[..equals]).Trim();
            name = name.StartsWith("export ", StringComparison.Ordinal) ? name[7..].Trim() : name;
            if (equals < 0 || name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                throw new CliException($"--env-file {path}: line {i + 1} is not NAME=value.");
            }

            variables[name] = Value(line[(equals + 1)..].Trim(), out var problem);
            if (problem is not null)
            {
                throw new CliException($"--env-file {path}: line {i + 1}: the value of {name} {problem}.");
            }
        }

        return variables;
    }

    private static string Value(string text, out string? problem)
    {
        problem = null;
        if (text.Length > 0 && text[0] is '"' or '\'')
        {
            var end = text.IndexOf(text[0], 1);
            var rest = end < 0 ? "" : text[(end + 1)..].TrimStart();
            problem = end < 0 ? $"begins with {text[0]} and does not end with it"
                : rest.Length > 0 && rest[0] != '#' ? $"goes on after its closing {text[0]}"
                : null;
            return problem is null ? text[1..end] : "";
        }

        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? text : text[..comment]).Trim();
    }
}
