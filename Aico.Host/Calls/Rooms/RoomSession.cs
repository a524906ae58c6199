using Aico.Abstractions;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Worker;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// The agent in one room, from the assigned job to the room left. <see cref="RunAsync"/> owns everything in it: it joins and readies
/// the providers at the same time, holds the conversation, and however that ends leaves the room and gives the providers back.
/// </summary>
internal sealed partial class RoomSession(RoomServices services, RoomJob job, JobWish wish)
{
    public const string StateAttribute = "lk.agent.state";
    public const string FirstState = "initializing";

    /// <summary>Says whether the agent can take its caller, where there is none yet: its state tells that only with one.</summary>
    public const string ReadyAttribute = "aico.ready";
    public const string IsReady = "true";
    public const string IsNotReady = "false";

    /// <summary>The call's id, for who has asked for the agent from another process.</summary>
    public const string SessionAttribute = "aico.session";
    private const string RecordingAttribute = "aico.recording";

    // The end of a call waits for the network no longer than this for each of its parts.
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(3);

    private readonly ILogger _logger = services.Loggers.CreateLogger<RoomSession>();
    private Task<RoomEntry> _joining = null!;
    private Task _following = Task.CompletedTask;
    private RoomCall _entry = null!;
    private bool _isPublished;
    private string? _otherOrganization;
    private string? _error;

    public AgentVoice Voice { get; } = new();

    /// <summary>What the agent of a job has from its first moment in the room.</summary>
    public static Dictionary<string, string> FirstAttributes(RoomJob job) => new() { [StateAttribute] = FirstState, [SessionAttribute] = job.Id };

    public async Task<JobOutcome> RunAsync(JobAccess access, CancellationToken drain, CancellationToken ct)
    {
        _entry = services.Registry.Begin(job.Id, job.RoomName);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _joining = JoinAsync(access, stop.Token);
        var reason = CallEndReason.Failed;
        try
        {
            reason = await ConverseAsync(drain, ct);
            _error ??= reason is CallEndReason.Failed ? _entry.Info.Error : null;
        }
        catch (RoomException) when (ct.IsCancellationRequested)
        {
            // A server that removes the agent ends its job too: what was under way in the room then fails, and says nothing new.
            reason = CallEndReason.Cancelled;
        }
        catch (Exception e) when (e is RoomException or ProviderException or UnknownOrganizationException)
        {
            _error = e.Message;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            reason = CallEndReason.Cancelled;
        }
        finally
        {
            stop.Cancel();
            await LeaveAsync();
            services.Registry.HasEnded(_entry, reason, _error);
        }

        if (_error is not null)
        {
            LogFailed(job.Id, job.RoomName, _error);
        }

        return new JobOutcome(_error);
    }

    /// <summary>Returns when the caller is there and both can hear each other. Where that will not be it ends the call, and so cancels.</summary>
    public async ValueTask<AgentSettings> MeetCallerAsync(RoomConversation conversation, AgentSettings agent, CancellationToken ct)
    {
        var settings = conversation.Lease.Room;
        var room = await EnterAsync(conversation, ct);
        if (conversation.Call.CanHear)
        {
            _entry.BecameReady();
            if (room.Presence.Caller is null)
            {
                room.Attributes.Set(ReadyAttribute, IsReady);
            }
        }
        else
        {
            _entry.CouldNotBecomeReady(_entry.Info.Error ?? "Speech-to-text could not be opened.");
            room.Attributes.Set(ReadyAttribute, IsNotReady);
        }

        RoomParticipant? caller = null;
        while (caller is null)
        {
            if (!await room.Presence.CallerIsThereAsync(settings.CallerTimeout, ct))
            {
                conversation.Call.End(CallEndReason.NobodyCame);
                ct.ThrowIfCancellationRequested();
            }

            if (!settings.HearsAudio || await room.Presence.CanHearAsync(ct) || room.Presence.Caller is not null)
            {
                caller = room.Presence.Caller;
            }
        }

        if (wish.OrganizationId is null && JobWish.Named(caller.Attributes) is { } named && named != conversation.Lease.OrganizationId)
        {
            // Nothing has been said yet: the caller's own agent takes over.
            _otherOrganization = named;
            conversation.Call.End(CallEndReason.Cancelled);
            ct.ThrowIfCancellationRequested();
        }

        _entry.Serves(conversation.Lease, caller.Identity);
        room.Presence.HasMet();
        return conversation.For(caller);
    }

    private async Task<RoomEntry> EnterAsync(RoomConversation conversation, CancellationToken ct)
    {
        try
        {
            var room = await _joining.WaitAsync(ct);
            conversation.Enters(room);
            if (_entry.Id != job.Id)
            {
                room.Attributes.Set(SessionAttribute, _entry.Id);
            }

            if (conversation.Lease.Room.IsRecordingWanted || job.IsRecordingWanted)
            {
                room.Attributes.Set(RecordingAttribute, "true");
            }

            if (conversation.Lease.Room.SpeaksAudio && !_isPublished)
            {
                await Voice.PublishAsync(room.Room, ct);
                _isPublished = true;
            }

            return room;
        }
        catch (RoomException e)
        {
            _error = e.Message;
            conversation.Call.End(CallEndReason.ConnectionLost);
            ct.ThrowIfCancellationRequested();
            throw;
        }
    }

    private async Task<CallEndReason> ConverseAsync(CancellationToken drain, CancellationToken ct)
    {
        var organization = wish.OrganizationId ?? services.Agents.DefaultOrganizationId ?? await AskCallerAsync(ct);
        for (var number = 2; ; number++)
        {
            await using var lease = await services.Agents.LeaseAsync(organization, wish.AgentName, ct);
            var reason = await ConverseAsync(lease, drain, ct);
            if (_otherOrganization is { } other)
            {
                (organization, _otherOrganization) = (other, null);
            }
            else if (reason == CallEndReason.CallerLost && (await _joining).Presence.GoesOnWithAnother())
            {
                // Another person must not hear of what the first one said: a call of its own.
                services.Registry.HasEnded(_entry, reason, null);
                _entry = services.Registry.Begin($"{job.Id}-{number}", job.RoomName);
                organization = wish.OrganizationId ?? services.Agents.DefaultOrganizationId ?? organization;
            }
            else
            {
                await DeleteRoomAsync(lease.Room);
                return reason;
            }
        }
    }

    private async Task<CallEndReason> ConverseAsync(AgentLease lease, CancellationToken drain, CancellationToken ct)
    {
        await using var conversation = new RoomConversation(this, services, lease, _entry);
        return await conversation.RunAsync(drain, ct);
    }

    /// <summary>Nobody has named an organization, and the host has no default one: the caller's attribute must.</summary>
    private async Task<string> AskCallerAsync(CancellationToken ct)
    {
        var presence = (await _joining.WaitAsync(ct)).Presence;
        var isThere = await presence.CallerIsThereAsync(new RoomCallSettings().CallerTimeout, ct);
        return isThere && presence.Caller is { } caller && JobWish.Named(caller.Attributes) is { } named ? named
            : throw new UnknownOrganizationException("");
    }

    private async Task<RoomEntry> JoinAsync(JobAccess access, CancellationToken ct)
    {
        var room = await services.Connector.ConnectAsync(
            new RoomConnectRequest
            {
                Url = access.Url,
                Token = access.Token,
                TextTopics = [ChatIn.Topic],
                ByteTopics = [PreConnectAudio.Topic, .. services.Extensions.SelectMany(extension => extension.ByteTopics)],
            },
            ct);
        var attributes = new AttributeWriter(room, services.Time, _logger);
        var first = FirstAttributes(job);
        if (first.Any(attribute => room.Local.Attributes.GetValueOrDefault(attribute.Key) != attribute.Value))
        {
            // The token brings them mostly, and the next state would wait for the answer.
            attributes.Set(first);
        }

        var presence = new RoomPresence(room, wish, services.Time, _logger);
        _following = presence.FollowAsync();
        return new RoomEntry(room, presence, attributes);
    }

    private async Task DeleteRoomAsync(RoomCallSettings settings)
    {
        if (!settings.DeletesRoom || services.Administration is not { } administration)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(LeaveTimeout, services.Time);
        try
        {
            await administration.DeleteRoomAsync(job.RoomName, timeout.Token);
        }
        catch (Exception e) when (e is RoomException or OperationCanceledException)
        {
            LogNotDeleted(job.RoomName, e.Message);
        }
    }

    private async Task LeaveAsync()
    {
        RoomEntry entry;
        try
        {
            entry = await _joining;
        }
        catch (Exception e) when (e is RoomException or OperationCanceledException)
        {
            // Never joined; whoever ended the call has the reason.
            return;
        }

        await entry.Attributes.DisposeAsync();
        await entry.Presence.DisposeAsync();
        await Voice.StopAsync();
        using var timeout = new CancellationTokenSource(LeaveTimeout, services.Time);
        try
        {
            await entry.Room.DisconnectAsync(timeout.Token);
        }
        catch (Exception e) when (e is RoomException or OperationCanceledException)
        {
            LogNotLeft(job.RoomName, e.Message);
        }

        await entry.Room.DisposeAsync();
        await _following;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} in room {RoomName} failed: {Reason}")]
    private partial void LogFailed(string jobId, string roomName, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The room {RoomName} was not left in order: {Reason}")]
    private partial void LogNotLeft(string roomName, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The room {RoomName} could not be deleted: {Reason}")]
    private partial void LogNotDeleted(string roomName, string reason);
}
