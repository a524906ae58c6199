using System.Collections;

namespace Aico.Host.Cli.Agents;

/// <summary>The environment that a conversation is chosen from: the process's variables, and below them those of a file.</summary>
internal static class CliEnvironment
{
    /// <exception cref="CliException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(string? file)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (file is not null)
        {
            foreach (var (name, value) in EnvironmentFile.Read(file))
            {
                variables[name] = value;
            }
        }

        // What is set for this one run wins over what is written down; an empty variable is as good as none.
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable is { Key: string name, Value: string { Length: > 0 } value })
            {
                variables[name] = value;
            }
        }

        return variables;
    }
}
