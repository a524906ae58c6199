using Aico.Host.LiveKit.Access;

namespace Aico.Host.LiveKit.Api;

/// <summary>
/// Telephone calls. Every member throws <see cref="TwirpException"/>; where the telephone network refused, it says with which status.
/// Safe from any thread.
/// </summary>
internal sealed class SipService(TwirpClient twirp)
{
    /// <summary>How long a request that waits for a person goes on after the time that it rings.</summary>
    private static readonly TimeSpan AfterRinging = TimeSpan.FromSeconds(10);

    /// <summary>How long the server lets it ring where nothing is said; LiveKit's own libraries wait 30 s.</summary>
    private static readonly TimeSpan DefaultRinging = TimeSpan.FromSeconds(30);

    private static readonly ApiJson Json = ApiJson.Default;

    /// <summary>Calls a number; whoever answers is a participant of the room.</summary>
    public Task<SipParticipantInfo> CreateParticipantAsync(CreateSipParticipantRequest request, CancellationToken ct) => twirp.CallAsync(
        "SIP/CreateSIPParticipant",
        request,
        Json.CreateSipParticipantRequest,
        Json.SipParticipantInfo,
        new TokenClaims { Sip = new SipGrant { Call = true } },
        request.WaitUntilAnswered == true ? Patience(request.RingingTimeout) : TwirpClient.Timeout,
        ct);

    /// <summary>Passes a caller on to another number; returns when that was taken, and the caller leaves the room.</summary>
    public Task TransferParticipantAsync(TransferSipParticipantRequest request, CancellationToken ct) => twirp.CallAsync(
        "SIP/TransferSIPParticipant",
        request,
        Json.TransferSipParticipantRequest,
        Json.EmptyMessage,
        new TokenClaims { Sip = new SipGrant { Call = true }, Video = new VideoGrant { RoomAdmin = true, Room = request.RoomName } },
        Patience(request.RingingTimeout),
        ct);

    private static TimeSpan Patience(TimeSpan? ringing) => (ringing ?? DefaultRinging) + AfterRinging;
}
