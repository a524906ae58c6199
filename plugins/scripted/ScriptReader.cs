using System.Text;
using System.Text.Json;
using Aico.Abstractions;

namespace Aico.Plugins.Scripted;

/// <summary>Reads a script, and says of a bad one where it is wrong.</summary>
internal static class ScriptReader
{
    /// <summary>Reads a script from a file, or from the text itself where it begins with a brace.</summary>
    /// <exception cref="ProviderException">There is no such file, or what it holds is no script.</exception>
    public static Script Read(string pathOrJson)
    {
        if (string.IsNullOrWhiteSpace(pathOrJson))
        {
            return new Script();
        }

        var isInline = pathOrJson.TrimStart().StartsWith('{');
        var name = isInline ? "The script in the settings" : $"The script {pathOrJson}";
        var json = isInline ? Encoding.UTF8.GetBytes(pathOrJson) : ReadFile(pathOrJson);
        try
        {
            return JsonSerializer.Deserialize(json, ScriptJson.Default.Script)
                ?? throw new ProviderException(ProviderFailure.InvalidRequest, $"{name} is null. It must be an object with a list of rules.");
        }
        catch (JsonException error)
        {
            throw new ProviderException(ProviderFailure.InvalidRequest, Describe(name, error), error);
        }
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ProviderException(ProviderFailure.InvalidRequest, $"The script {path} cannot be read: {error.Message}", error);
        }
    }

    private static string Describe(string name, JsonException error)
    {
        // The serializer counts from 0 and repeats path and place at the end of its message.
        var end = error.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        end = end < 0 ? error.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal) : end;
        var what = end < 0 ? error.Message : error.Message[..end];
        var where = error.Path is null or "$" ? "" : $" (at {error.Path})";
        return $"{name}, line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}{where}: {what}";
    }
}
