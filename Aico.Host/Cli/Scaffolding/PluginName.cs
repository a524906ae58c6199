using System.Text.RegularExpressions;

namespace Aico.Host.Cli.Scaffolding;

/// <summary>A new plugin's name in its three forms.</summary>
/// <param name="Id">Kebab-case: the plugin's id and the provider's key, such as "weather-voice".</param>
internal sealed partial record PluginName(string Id)
{
    // As namespaces they would hide those that the code uses.
    private static readonly string[] _taken = ["aico", "system", "microsoft", "nunit", "fluent-assertions"];

    /// <summary>For namespaces and classes: "WeatherVoice".</summary>
    public string Code => string.Concat(Words);

    /// <summary>For people: "Weather Voice".</summary>
    public string Display => string.Join(' ', Words);

    private IEnumerable<string> Words => Id.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]);

    /// <exception cref="CliException">It is no name for a plugin.</exception>
    public static PluginName Of(string text) =>
        !KebabCase().IsMatch(text) ? throw new CliException($"\"{text}\" is no name for a plugin: lower case letters, digits and single hyphens, beginning with a letter, such as \"weather-voice\".")
        : _taken.Contains(text) ? throw new CliException($"\"{text}\" cannot be a plugin's name: code that the plugin uses has it.")
        : new PluginName(text);

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
