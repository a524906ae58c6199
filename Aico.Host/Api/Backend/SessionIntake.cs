using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aico.Host.Storage;

namespace Aico.Host.Api.Backend;

/// <summary>Checks a session that another host sends, and makes a row of it. What this version does not know is left out; all errors come back together.</summary>
internal sealed class SessionIntake
{
    private const int LongestText = 512;
    private const int LongestError = 8_192;
    private const int MostTurns = 10_000;

    private readonly List<ApiFieldError> _errors = [];
    private readonly JsonObject _body;

    private SessionIntake(JsonObject body) => _body = body;

    /// <param name="body">As the API shows a session with its turns.</param>
    /// <param name="organization">Whose it must be.</param>
    /// <param name="id">Which it must be.</param>
    /// <returns>The row, and the version of the configuration that the call had.</returns>
    /// <exception cref="ApiException">It is no session of this id and organization that has ended.</exception>
    public static (SessionRow Row, string Version) Read(JsonObject body, string organization, string id) => new SessionIntake(body).Read(organization, id);

    private (SessionRow Row, string Version) Read(string organization, string id)
    {
        Same("id", id);
        Same("organizationId", organization);
        var (started, ended) = (Time("startedAt"), Time("endedAt"));
        if (ended < started)
        {
            Wrong("endedAt", "It lies before the start.");
        }

        var turns = Turns();
        var version = Text("configurationVersion", LongestText);
        var room = Text("roomName", LongestText);
        var summary = new JsonObject
        {
            ["id"] = id,
            ["organizationId"] = organization,
            ["agent"] = Text("agent", LongestText),
            ["configurationVersion"] = version,
            ["roomName"] = room,
            ["participantIdentity"] = TextOrNull("participantIdentity", LongestText),
            ["state"] = "ended",
            ["ready"] = Flag("ready"),
            ["startedAt"] = ApiJson.Time(started),
            ["endedAt"] = ApiJson.Time(ended),
            ["endReason"] = TextOrNull("endReason", LongestText),
            ["error"] = TextOrNull("error", LongestError),
            ["turnCount"] = turns.Count,
        };
        if (_errors.Count > 0)
        {
            throw new ApiException(ApiProblem.Invalid, _errors.Count == 1 ? "One field is not valid." : $"{_errors.Count} fields are not valid.", _errors);
        }

        var document = new JsonObject { ["turns"] = turns.DeepClone() };
        return (new SessionRow(id, organization, room, started, ended, summary.ToJsonString(ApiJson.Options), document.ToJsonString(ApiJson.Options)), version);
    }

    private void Same(string name, string expected)
    {
        if (Text(name, LongestText) is { Length: > 0 } given && given != expected)
        {
            Wrong(name, "It is another than the path's.");
        }
    }

    private string Text(string name, int limit)
    {
        if (_body[name] is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
        {
            Wrong(name, "It is a text.");
            return "";
        }

        var text = value.GetValue<string>();
        if (text.Length > limit)
        {
            Wrong(name, $"It is longer than {limit} characters.");
        }

        return text;
    }

    private string? TextOrNull(string name, int limit) => _body[name] is null ? null : Text(name, limit);

    private bool Flag(string name)
    {
        if (_body[name] is JsonValue value && value.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetValueKind() == JsonValueKind.True;
        }

        Wrong(name, "It is true or false.");
        return false;
    }

    private DateTimeOffset Time(string name)
    {
        if (_body[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        Wrong(name, "It is a date-time, such as 2026-01-31T12:00:00Z.");
        return default;
    }

    private JsonArray Turns()
    {
        if (_body["turns"] is not JsonArray turns || turns.Any(turn => turn is not JsonObject))
        {
            Wrong("turns", "It is a list of objects.");
            return [];
        }

        if (turns.Count > MostTurns)
        {
            Wrong("turns", $"They are more than {MostTurns}.");
        }

        return turns;
    }

    private void Wrong(string name, string message) => _errors.Add(new ApiFieldError($"/{name}", message));
}
