using System.Text.RegularExpressions;
using Aico.Host.LiveKit.Rooms;

namespace Aico.Host.Calls.Rooms;

/// <summary>What is known of a caller, by the names under which instructions and tools find it.</summary>
internal static partial class CallerFacts
{
    private const string AttributePrefix = "caller.attributes.";

    /// <summary>Absent where it is not known: telephone callers may hide their number.</summary>
    public static IReadOnlyDictionary<string, string> Of(RoomParticipant caller)
    {
        var facts = caller.Attributes.ToDictionary(attribute => AttributePrefix + attribute.Key, attribute => attribute.Value);
        facts["caller.identity"] = caller.Identity;
        facts["caller.name"] = caller.Name;
        facts["caller.kind"] = caller.Kind.ToString().ToLowerInvariant();
        Add("caller.phone", "sip.phoneNumber");
        Add("caller.trunkPhone", "sip.trunkPhoneNumber");
        Add("caller.callStatus", "sip.callStatus");
        Add("caller.callId", "sip.callID");
        return facts;

        void Add(string name, string attribute)
        {
            if (caller.Attributes.TryGetValue(attribute, out var value))
            {
                facts[name] = value;
            }
        }
    }

    /// <summary>Puts the facts in for "{{caller.phone}}" and its like; what is not known becomes nothing. Other braces stay.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> facts) =>
        Placeholder().Replace(text, match => facts.GetValueOrDefault(match.Groups[1].Value, ""));

    [GeneratedRegex(@"\{\{\s*(caller\.[\w.\-]+)\s*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
