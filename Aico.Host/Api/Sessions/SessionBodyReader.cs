using Aico.Host.Calls.Rooms.Sessions;

namespace Aico.Host.Api.Sessions;

/// <summary>Checks the body of POST /api/sessions; all errors come back together.</summary>
internal static class SessionBodyReader
{
    // Of the server: names of rooms and identities, and attributes of a participant all together.
    private const int LongestName = 256;
    private const int LongestAttributes = 64 * 1024;
    private const int LongestMetadata = 64 * 1024;

    /// <exception cref="ApiException">Something is not valid; names each field.</exception>
    public static SessionRequest Read(SessionBody body, string organizationId)
    {
        var errors = new List<ApiFieldError>();
        Name("/roomName", body.RoomName);
        Name("/participant/identity", body.Participant?.Identity);
        Name("/participant/name", body.Participant?.Name);
        Length("/metadata", body.Metadata, LongestMetadata);
        Length("/participant/metadata", body.Participant?.Metadata, LongestMetadata);
        Range("/agentTimeoutSeconds", body.AgentTimeoutSeconds, 1, 120);
        Range("/tokenLifetimeSeconds", body.TokenLifetimeSeconds, 1, 86_400);
        Range("/call/ringingTimeoutSeconds", body.Call?.RingingTimeoutSeconds ?? 30, 1, 80);
        if (body.Participant?.Attributes is { } attributes && attributes.Sum(pair => pair.Key.Length + (pair.Value?.Length ?? 0)) > LongestAttributes)
        {
            errors.Add(new ApiFieldError("/participant/attributes", $"They are longer than {LongestAttributes} characters together."));
        }

        errors.AddRange((body.Participant?.Attributes ?? []).Where(pair => pair.Value is null)
            .Select(pair => new ApiFieldError($"/participant/attributes/{ApiJson.Escape(pair.Key)}", "It is a text.")));
        if (body.Call is { } call)
        {
            Required("/call/trunkId", call.TrunkId);
            Required("/call/to", call.To);
        }

        if (errors.Count > 0)
        {
            throw new ApiException(ApiProblem.Invalid, errors.Count == 1 ? "One field is not valid." : $"{errors.Count} fields are not valid.", errors);
        }

        return new SessionRequest
        {
            OrganizationId = organizationId,
            RoomName = body.RoomName,
            CallerIdentity = body.Participant?.Identity,
            CallerName = body.Participant?.Name,
            CallerMetadata = body.Participant?.Metadata,
            CallerAttributes = body.Participant?.Attributes,
            Metadata = body.Metadata,
            WaitsForAgent = body.WaitForAgent,
            AgentTimeout = TimeSpan.FromSeconds(body.AgentTimeoutSeconds),
            TokenLifetime = TimeSpan.FromSeconds(body.TokenLifetimeSeconds),
            Call = body.Call is null ? null : new OutboundCall
            {
                TrunkId = body.Call.TrunkId!,
                To = body.Call.To!,
                From = body.Call.From,
                RingingTimeout = body.Call.RingingTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                WaitsUntilAnswered = body.Call.WaitUntilAnswered,
            },
        };

        void Name(string pointer, string? value)
        {
            if (value is not null && string.IsNullOrWhiteSpace(value))
            {
                errors.Add(new ApiFieldError(pointer, "It is empty: leave it out, or give it a value."));
            }

            Length(pointer, value, LongestName);
        }

        void Required(string pointer, string? value)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                errors.Add(new ApiFieldError(pointer, "It is required."));
            }
        }

        void Length(string pointer, string? value, int limit)
        {
            if (value?.Length > limit)
            {
                errors.Add(new ApiFieldError(pointer, $"It is longer than {limit} characters."));
            }
        }

        void Range(string pointer, double value, double least, double most)
        {
            if (!(value >= least && value <= most))
            {
                errors.Add(new ApiFieldError(pointer, $"It must be from {least} to {most}."));
            }
        }
    }
}
