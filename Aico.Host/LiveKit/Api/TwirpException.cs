using System.Globalization;
using System.Net;

namespace Aico.Host.LiveKit.Api;

/// <summary>
/// The server refused a request of its API, or could not be asked. Codes are Twirp's ("not_found", "unauthenticated", …);
/// "unavailable" also where there was no connection, "deadline_exceeded" where no answer came in time.
/// </summary>
internal sealed class TwirpException : Exception
{
    public TwirpException(string code, string message, HttpStatusCode? status, IReadOnlyDictionary<string, string>? meta = null, Exception? inner = null)
        : base($"{message} ({code})", inner)
    {
        Code = code;
        Status = status;
        Meta = meta ?? new Dictionary<string, string>();
    }

    public string Code { get; }

    /// <summary>Null where no answer came.</summary>
    public HttpStatusCode? Status { get; }

    public IReadOnlyDictionary<string, string> Meta { get; }

    /// <summary>What the telephone network answered, such as 486 for busy; null where it was not asked.</summary>
    public int? SipStatusCode =>
        Meta.TryGetValue("sip_status_code", out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var code) ? code : null;

    public bool IsNotFound => Code == "not_found";
}
