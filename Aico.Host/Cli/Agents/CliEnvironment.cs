using System.Collections;

namespace Aico.Host.Cli.Agents;

/// <summary>The environment that a conversation is chosen from: the process's variables, and below them those of files.</summary>
internal static class CliEnvironment
{
    /// <param name="files">In the order in which they were given: of two that set a variable the later counts.</param>
    /// <exception cref="CliException">A file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<string> files)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in files.SelectMany(EnvironmentFile.Read))
        {
            variables[name] = value;
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
