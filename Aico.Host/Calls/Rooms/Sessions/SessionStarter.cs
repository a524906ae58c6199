using System.Text.Json.Nodes;
using Aico.Host.LiveKit.Access;
using Aico.Host.LiveKit.Api;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms.Sessions;

/// <summary>
/// Starts sessions: room, agent and the caller's token in one step. A server notes the wish for an agent and says no more, whether
/// anybody takes it or not; so this waits for the agent itself, and takes everything back where it does not come. Safe from any thread.
/// </summary>
internal sealed partial class SessionStarter(
    LiveKitApi api, TokenIssuer tokens, RoomCallRegistry registry, string agentName, TimeProvider time, ILogger<SessionStarter> logger)
{
    private static readonly TimeSpan CleanUpTimeout = TimeSpan.FromSeconds(10);

    /// <exception cref="AgentNotReadyException">The agent did not come in time or failed; nothing is left behind.</exception>
    /// <exception cref="TwirpException">The server refuses or cannot be reached; nothing is left behind.</exception>
    public async Task<StartedSession> StartAsync(SessionRequest request, CancellationToken ct)
    {
        var room = request.RoomName ?? $"aico-{Guid.NewGuid().ToString("n")[..12]}";
        var caller = request.CallerIdentity ?? $"caller-{Guid.NewGuid().ToString("n")[..8]}";
        using var patience = new CancellationTokenSource(request.AgentTimeout, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);

        // Before the agent is asked for: one that comes at once must not be missed.
        var ready = registry.WaitUntilReadyAsync(room, waiting.Token);
        var made = new Made(room);
        try
        {
            await AskAsync(request, made, caller, ct);
            var readiness = request.WaitsForAgent ? await AwaitAsync(ready, made, request.AgentTimeout, patience.Token, waiting.Token) : null;
            var sip = request.Call is { } call ? await DialAsync(call, request, room, caller, ct) : null;
            var name = request.CallerName ?? caller;
            return new StartedSession(
                readiness is not null, readiness?.CallId, room, caller, name, sip is null ? Token(request, room, caller, name) : null, sip?.SipCallId);
        }
        catch
        {
            await TakeBackAsync(made);
            throw;
        }
        finally
        {
            waiting.Cancel();
            await IgnoreAsync(ready);
        }
    }

    private string Token(SessionRequest request, string room, string caller, string name) => tokens.Issue(
        new TokenClaims
        {
            Identity = caller,
            Name = name,
            Metadata = request.CallerMetadata,
            Attributes = request.CallerAttributes,
            Video = new VideoGrant { RoomJoin = true, Room = room, CanUpdateOwnMetadata = true },
        },
        request.TokenLifetime);

    private async Task AskAsync(SessionRequest request, Made made, string caller, CancellationToken ct)
    {
        var metadata = new JsonObject { ["organization"] = request.OrganizationId, ["participantIdentity"] = caller };
        if (request.Metadata is { } further)
        {
            metadata["metadata"] = further;
        }

        // A room's agents are asked only at its making: in one that is there already somebody else may be waiting or talking.
        if (request.RoomName is not null && (await api.Rooms.ListRoomsAsync([made.Room], ct)).Count > 0)
        {
            if (request.WaitsForAgent)
            {
                made.Others = [.. (await api.Rooms.ListParticipantsAsync(made.Room, ct)).Select(one => one.Identity)];
            }

            var dispatch = await api.Dispatches.CreateAsync(
                new CreateDispatchRequest { Room = made.Room, AgentName = agentName, Metadata = metadata.ToJsonString() }, ct);
            made.DispatchId = dispatch.Id;
            return;
        }

        // Set before the request, since one that is cancelled may have been served all the same.
        made.IsRoomOurs = true;
        if (request.WaitsForAgent)
        {
            metadata[JobWish.RefusalMember] = true;
        }

        await api.Rooms.CreateRoomAsync(
            new CreateRoomRequest { Name = made.Room, Agents = [new RoomAgentDispatch { AgentName = agentName, Metadata = metadata.ToJsonString() }] }, ct);
    }

    /// <summary>An agent of this process says itself when it is ready, and is not asked for; one of another process is looked for at the server.</summary>
    private async Task<RoomReadiness> AwaitAsync(Task<RoomReadiness> here, Made made, TimeSpan patience, CancellationToken late, CancellationToken ct)
    {
        var watch = new AgentWatch(api, made.Room, made.IsRoomOurs, made.Others, time);
        using var found = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var anywhere = watch.WaitUntilReadyAsync(found.Token);
        RoomReadiness readiness;
        try
        {
            readiness = await await Task.WhenAny(here, anywhere);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new AgentNotReadyException(await WhyAsync(made, watch, patience));
        }
        finally
        {
            found.Cancel();
            await IgnoreAsync(anywhere);
        }

        return readiness.IsReady
            ? readiness with { CallId = readiness.CallId ?? registry.ReadyCallOf(made.Room) }
            : throw new AgentNotReadyException(readiness.Failure!);
    }

    private async Task<string> WhyAsync(Made made, AgentWatch watch, TimeSpan patience)
    {
        var within = $"within {patience.TotalSeconds:0.#} s";
        if (watch.HasJoined)
        {
            return $"The agent joined, but was not ready {within}: it was still initializing.";
        }

        var who = agentName.Length == 0 ? "an agent without a name" : $"the agent \"{agentName}\"";
        try
        {
            using var limit = new CancellationTokenSource(CleanUpTimeout, time);
            var dispatches = await api.Dispatches.ListAsync(made.Room, made.DispatchId, limit.Token);
            var jobs = dispatches.Where(dispatch => dispatch.AgentName == agentName).SelectMany(dispatch => dispatch.State?.Jobs ?? []).ToList();
            return jobs.Find(job => job.State?.Error is { Length: > 0 }) is { } failed ? $"The agent's job failed: {failed.State!.Error}"
                : jobs.TrueForAll(job => job.State is null or { Status: "" or "JS_PENDING" }) ? $"No agent joined {within}, and no worker is known to have taken the job of {who}. Is a host registered at this server under that name, and has it room for a call?"
                : $"A worker took the job, but no agent joined the room {within}.";
        }
        catch (Exception e) when (e is TwirpException or OperationCanceledException)
        {
            return $"The agent was not ready {within}, and the server does not say why.";
        }
    }

    private async Task<SipParticipantInfo> DialAsync(OutboundCall call, SessionRequest request, string room, string caller, CancellationToken ct) =>
        await api.Sip.CreateParticipantAsync(
            new CreateSipParticipantRequest
            {
                SipTrunkId = call.TrunkId,
                SipCallTo = call.To,
                SipNumber = call.From,
                RoomName = room,
                ParticipantIdentity = caller,
                ParticipantName = request.CallerName,
                ParticipantMetadata = request.CallerMetadata,
                ParticipantAttributes = request.CallerAttributes,
                RingingTimeout = call.RingingTimeout,
                WaitUntilAnswered = call.WaitsUntilAnswered,
            },
            ct);

    // Also where whoever asked has gone: an agent that waits for nobody costs money.
    private async Task TakeBackAsync(Made made)
    {
        try
        {
            using var limit = new CancellationTokenSource(CleanUpTimeout, time);
            if (made.IsRoomOurs)
            {
                await api.Rooms.DeleteRoomAsync(made.Room, limit.Token);
            }
            else if (made.DispatchId is { } dispatch)
            {
                await api.Dispatches.DeleteAsync(made.Room, dispatch, limit.Token);
            }
        }
        catch (TwirpException e) when (e.IsNotFound)
        {
            // It had not been made, or has gone by itself.
        }
        catch (Exception e) when (e is TwirpException or OperationCanceledException)
        {
            LogLeft(made.Room, e.Message);
        }
    }

    private static async Task IgnoreAsync(Task<RoomReadiness> ready)
    {
        try
        {
            await ready;
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A session in room {Room} failed, and what was made for it could not be taken back: {Error}")]
    private partial void LogLeft(string room, string error);

    private sealed class Made(string room)
    {
        public string Room => room;

        public bool IsRoomOurs { get; set; }

        public string? DispatchId { get; set; }

        /// <summary>Who was in the room before the agent was asked for.</summary>
        public HashSet<string> Others { get; set; } = [];
    }
}
