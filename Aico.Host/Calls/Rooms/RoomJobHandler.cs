using Aico.Host.LiveKit.Rooms;
using Aico.Host.LiveKit.Worker;
using Aico.Host.Organizations.Documents;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Rooms;

/// <summary>Sends agents into rooms.</summary>
internal sealed partial class RoomJobHandler(RoomServices services) : IJobHandler
{
    private static readonly TimeSpan TellTimeout = TimeSpan.FromSeconds(2);

    public async ValueTask<JobAnswer> ConsiderAsync(RoomJob job, CancellationToken ct)
    {
        var wish = JobWish.Of(job);
        var organization = wish.OrganizationId ?? services.Agents.DefaultOrganizationId;
        if (organization is null)
        {
            // The caller may name one in the room.
            return JobAnswer.Accept with { Attributes = RoomSession.FirstAttributes(job) };
        }

        bool isKnown;
        try
        {
            isKnown = await services.Agents.KnowsAsync(organization, ct);
        }
        catch (OrganizationSourceException e)
        {
            // Another host may know it: the job is offered to the next.
            return new JobAnswer(e.Message);
        }

        if (!isKnown)
        {
            return await RefuseAsync(job, wish, new UnknownOrganizationException(organization).Message, ct);
        }

        if (await services.Agents.BudgetAsync(organization, ct) is { Refusal: { } refusal })
        {
            LogBudget(services.Loggers.CreateLogger<RoomJobHandler>(), job.Id, job.RoomName, organization, refusal);
            return await RefuseAsync(job, wish, refusal, ct);
        }

        var limit = await services.Agents.MaximumCallsAsync(organization, ct);
        return JobAnswer.Accept with { Attributes = RoomSession.FirstAttributes(job), Limit = limit is { } calls ? ($"organization:{organization}", calls) : null };
    }

    public Task<JobOutcome> RunAsync(RoomJob job, JobAccess access, CancellationToken drain, CancellationToken ct) =>
        new RoomSession(services, job, JobWish.Of(job)).RunAsync(access, drain, ct);

    private async ValueTask<JobAnswer> RefuseAsync(RoomJob job, JobWish wish, string reason, CancellationToken ct)
    {
        services.Registry.Refused(job.RoomName, reason);
        if (wish.IsRefusalTold)
        {
            await TellAsync(job.RoomName, reason, ct);
        }

        return new JobAnswer(reason, EndsJob: true);
    }

    private async Task TellAsync(string roomName, string reason, CancellationToken ct)
    {
        if (services.Administration is not { } administration)
        {
            return;
        }

        // The server waits for the answer to its offer.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var timer = services.Time.CreateTimer(_ => limit.Cancel(), null, TellTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            await administration.SetRoomMetadataAsync(roomName, Refusal.Write(reason), limit.Token);
        }
        catch (Exception e) when (e is RoomException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            LogNotTold(services.Loggers.CreateLogger<RoomJobHandler>(), roomName, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} in room {RoomName} for {Organization} is refused: {Reason}")]
    private static partial void LogBudget(ILogger logger, string jobId, string roomName, string organization, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whoever waits for an agent in the room {RoomName} could not be told why the job was refused: {Error}")]
    private static partial void LogNotTold(ILogger logger, string roomName, string error);
}
