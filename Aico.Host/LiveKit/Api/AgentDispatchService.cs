using Aico.Host.LiveKit.Access;

namespace Aico.Host.LiveKit.Api;

/// <summary>Asks agents into rooms. Every member throws <see cref="TwirpException"/>. Safe from any thread.</summary>
internal sealed class AgentDispatchService(TwirpClient twirp)
{
    private static readonly ApiJson Json = ApiJson.Default;

    /// <summary>
    /// Asks an agent into a room, which is made where it is not there. The answer says only that the wish was noted: where no worker
    /// takes it, nothing more is ever heard of it.
    /// </summary>
    public Task<AgentDispatch> CreateAsync(CreateDispatchRequest request, CancellationToken ct) => twirp.CallAsync(
        "AgentDispatchService/CreateDispatch",
        request,
        Json.CreateDispatchRequest,
        Json.AgentDispatch,
        Admin(request.Room),
        TwirpClient.Timeout,
        ct);

    /// <param name="room">Whose dispatches.</param>
    /// <param name="dispatchId">Only this one, where not null.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<AgentDispatch>> ListAsync(string room, string? dispatchId, CancellationToken ct)
    {
        var answer = await twirp.CallAsync(
            "AgentDispatchService/ListDispatch",
            new DispatchRequest(room, dispatchId),
            Json.DispatchRequest,
            Json.ListDispatchResponse,
            Admin(room),
            TwirpClient.Timeout,
            ct);
        return answer.AgentDispatches;
    }

    /// <summary>Takes the wish back: the jobs that came of it are ended.</summary>
    public Task<AgentDispatch> DeleteAsync(string room, string dispatchId, CancellationToken ct) => twirp.CallAsync(
        "AgentDispatchService/DeleteDispatch",
        new DispatchRequest(room, dispatchId),
        Json.DispatchRequest,
        Json.AgentDispatch,
        Admin(room),
        TwirpClient.Timeout,
        ct);

    private static TokenClaims Admin(string room) => new() { Video = new VideoGrant { RoomAdmin = true, Room = room } };
}
