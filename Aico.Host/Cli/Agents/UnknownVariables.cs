using Aico.Host.Organizations.Variables;
using Aico.Host.Providers;

namespace Aico.Host.Cli.Agents;

/// <summary>
/// Finds variables that somebody has set for AICO and that it does not read. Whatever begins with AICO_ is meant for it; what begins as
/// other variables do that it reads may belong to other programs, and is told of where it differs by a letter or two only.
/// </summary>
internal static class UnknownVariables
{
    private const string Own = "AICO_";

    // OPENAI_API_BASE, of other programs, is three edits from OPENAI_API_KEY.
    private const int Slip = 2;

    private static readonly Lazy<IReadOnlySet<string>> _known = new(ReadKnown);

    private static readonly string[] _prefixes =
    [
        "PROVIDER_", "STT_", "TTS_", "LLM_", "VAD_", "LIVEKIT_",
        .. VendorVariable.All.Select(variable => variable.Name[..(variable.Name.IndexOf('_', StringComparison.Ordinal) + 1)]).Distinct(),
    ];

    /// <summary>Every variable that AICO reads, as config/.env.example explains them; a test holds that file to the source.</summary>
    public static IReadOnlySet<string> Known => _known.Value;

    /// <summary>The variables that nothing reads, with the name that was probably meant, or null. Values are not looked at.</summary>
    public static IReadOnlyList<(string Name, string? Nearest)> In(IReadOnlyDictionary<string, string> environment) =>
    [
        .. environment.Keys
            .Where(name => !Known.Contains(name))
            .Select(name => (Name: name, Nearest: NearestName.Of(name, Known)))
            .Where(variable => IsMeant(variable.Name, variable.Nearest))
            .OrderBy(variable => variable.Name, StringComparer.Ordinal),
    ];

    /// <summary>The same as sentences.</summary>
    public static IReadOnlyList<string> Warnings(IReadOnlyDictionary<string, string> environment) =>
        [.. In(environment).Select(variable => $"The variable {variable.Name} is set, and AICO does not read it{(variable.Nearest is { } nearest ? $"; did you mean {nearest}?" : ".")}")];

    private static bool IsMeant(string name, string? nearest) =>
        name.StartsWith(Own, StringComparison.OrdinalIgnoreCase)
        || (nearest is not null && _prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) && NearestName.Distance(name, nearest) <= Slip);

    private static HashSet<string> ReadKnown()
    {
        using var resource = typeof(UnknownVariables).Assembly.GetManifestResourceStream("Aico.Host.variables.env")!;
        using var reader = new StreamReader(resource);
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            // What is off by default stands there as a remark.
            var text = line.TrimStart('#');
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && text[..equals].All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'))
            {
                known.Add(text[..equals]);
            }
        }

        return known;
    }
}
