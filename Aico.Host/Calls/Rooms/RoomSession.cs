using System.Diagnostics.CodeAnalysis;
using Aico.Abstractions;
using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Worker;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms;

/// <summary>
/// The agent in one room, from the assigned job to the room left. <see cref="RunAsync"/> owns everything in it: it joins and readies
/// the providers at the same time, holds the conversation, and whatever ends leaves the room and gives the providers back. What
/// happens in the room is handled by one loop, under the lock.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "RunAsync owns all of it and disposes it.")]
internal sealed partial class RoomSession(RoomServices services, RoomJob job, JobWish wish)
{
    public const string StateAttribute = "lk.agent.state";
    private const string RecordingAttribute = "aico.recording";

    // A frontend subscribes within a round trip or two of the publication; one that does not hear audio at all gets its text all the same.
    private static readonly TimeSpan SubscriptionTimeout = TimeSpan.FromSeconds(5);

    // The end of a call waits for the network no longer than this for each of its parts.
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(3);

    private readonly ILogger _logger = services.Loggers.CreateLogger<RoomSession>();
    private readonly Lock _lock = new();
    private readonly AsyncSignal _changed = new();
    private IRoom? _room;
    private CallerLink _link = null!;
    private CallerMicrophone _microphone = null!;
    private AttributeWriter? _attributes;
    private volatile RoomConversation? _conversation;
    private Task<IRoom> _joining = null!;
    private Task _following = Task.CompletedTask;
    private ITimer? _returnTimer;
    private bool _isPublished;
    private bool _isSubscribed;
    private bool _isReconnecting;
    private bool _hasMet;
    private string? _otherOrganization;
    private string? _error;

    public AgentVoice Voice { get; } = new();

    /// <summary>False while nobody would hear the agent.</summary>
    public bool IsHearable
    {
        get
        {
            lock (_lock)
            {
                return Hearable();
            }
        }
    }

    public async Task<JobOutcome> RunAsync(JobAccess access, CancellationToken drain, CancellationToken ct)
    {
        var entry = services.Registry.Begin(job.Id, job.RoomName);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _joining = JoinAsync(access, stop.Token);
        var reason = CallEndReason.Failed;
        try
        {
            reason = await ConverseAsync(entry, drain, ct);
            _error ??= reason == CallEndReason.Failed ? entry.Info.Error : null;
        }
        catch (Exception e) when (e is RoomException or ProviderException or UnknownOrganizationException)
        {
            _error = e.Message;
            LogFailed(job.Id, job.RoomName, e.Message);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            reason = CallEndReason.Cancelled;
        }
        finally
        {
            stop.Cancel();
            await LeaveAsync();
            services.Registry.HasEnded(entry, reason, _error);
        }

        return new JobOutcome(_error);
    }

    /// <summary>Returns when the caller is there, and both can hear each other.</summary>
    public async ValueTask<AgentSettings> MeetCallerAsync(RoomConversation conversation, AgentSettings agent, CancellationToken ct)
    {
        var room = await _joining;
        var settings = conversation.Lease.Room;
        if (settings.SpeaksAudio && !_isPublished)
        {
            await Voice.PublishAsync(room, ct);
            _isPublished = true;
        }

        if (conversation.Call.CanHear)
        {
            conversation.Entry.BecameReady();
        }
        else
        {
            conversation.Entry.CouldNotBecomeReady(conversation.Entry.Info.Error ?? "Speech-to-text could not be opened.");
        }

        if (!await UntilAsync(() => _link.IsThere, settings.CallerTimeout, ct))
        {
            conversation.Call.End(CallEndReason.NobodyCame);
            ct.ThrowIfCancellationRequested();
        }

        lock (_lock)
        {
            var named = wish.OrganizationId is null ? JobWish.Named(_link.Caller!.Attributes) : null;
            if (named is not null && named != conversation.Lease.OrganizationId)
            {
                _otherOrganization = named;
                conversation.Call.End(CallEndReason.Cancelled);
            }
        }

        ct.ThrowIfCancellationRequested();
        conversation.Entry.Serves(conversation.Lease, _link.Identity);
        await UntilAsync(() => _microphone.Track is null || _microphone.IsOpen || !settings.HearsAudio, SubscriptionTimeout, ct);
        lock (_lock)
        {
            _hasMet = true;
            // The agent speaks when its track was subscribed to, or when it plainly will not be.
            _returnTimer = services.Time.CreateTimer(_ => HearableAnyway(), null, SubscriptionTimeout, Timeout.InfiniteTimeSpan);
        }

        return agent;
    }

    public void AgentIs(AgentState state) => _attributes?.Set(StateAttribute, NameOf(state));

    private async Task<CallEndReason> ConverseAsync(RoomCall entry, CancellationToken drain, CancellationToken ct)
    {
        var organization = wish.OrganizationId ?? services.Agents.DefaultOrganizationId;
        if (organization is null)
        {
            await _joining;
            await UntilAsync(() => _link.IsThere, null, ct);
            organization = JobWish.Named(_link.Caller!.Attributes) ?? throw new UnknownOrganizationException("");
        }

        while (true)
        {
            await using var lease = await services.Agents.LeaseAsync(organization, ct);
            using var conversation = new RoomConversation(this, services, lease, entry);
            Begin(conversation);
            var reason = await conversation.RunAsync(drain, ct);
            lock (_lock)
            {
                _conversation = null;
            }

            if (_otherOrganization is null)
            {
                if (lease.Room.DeletesRoom)
                {
                    await DeleteRoomAsync();
                }

                return reason;
            }

            (organization, _otherOrganization) = (_otherOrganization, null);
        }
    }

    private void Begin(RoomConversation conversation)
    {
        lock (_lock)
        {
            _conversation = conversation;
            if (_room is not null)
            {
                Listen();
            }
        }
    }

    private async Task<IRoom> JoinAsync(JobAccess access, CancellationToken ct)
    {
        var request = new RoomConnectRequest
        {
            Url = access.Url,
            Token = access.Token,
            TextTopics = [ChatIn.Topic],
            ByteTopics = [.. services.Extensions.SelectMany(extension => extension.ByteTopics)],
        };
        var room = await services.Connector.ConnectAsync(request, ct);
        lock (_lock)
        {
            _room = room;
            _link = new CallerLink(room.Local.Identity, wish.CallerIdentity);
            _microphone = new CallerMicrophone(room, _logger);
            _attributes = new AttributeWriter(room, services.Time, _logger);
            _attributes.Set(StateAttribute, NameOf(AgentState.Initializing));
            if (job.IsRecordingWanted)
            {
                _attributes.Set(RecordingAttribute, "true");
            }

            foreach (var participant in room.Participants)
            {
                Sees(participant);
            }
        }

        _following = FollowAsync(room);
        return room;
    }

    private async Task FollowAsync(IRoom room)
    {
        await foreach (var roomEvent in room.ReadEventsAsync(CancellationToken.None))
        {
            lock (_lock)
            {
                Handle(roomEvent);
            }

            _changed.Set();
        }
    }

    private async Task<bool> UntilAsync(Func<bool> condition, TimeSpan? limit, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            while (true)
            {
                lock (_lock)
                {
                    if (condition())
                    {
                        return true;
                    }
                }

                await _changed.WaitAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private static string NameOf(AgentState state) => state.ToString().ToLowerInvariant();

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} in room {RoomName} failed: {Reason}")]
    private partial void LogFailed(string jobId, string roomName, string reason);
}
