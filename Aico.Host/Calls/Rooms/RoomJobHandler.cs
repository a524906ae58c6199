using Aico.Host.LiveKit.Worker;
using Aico.Host.Organizations.Documents;

namespace Aico.Host.Calls.Rooms;

/// <summary>Sends agents into rooms.</summary>
internal sealed class RoomJobHandler(RoomServices services) : IJobHandler
{
    private static readonly Dictionary<string, string> FirstAttributes = new() { [RoomSession.StateAttribute] = RoomSession.FirstState };

    public async ValueTask<JobAnswer> ConsiderAsync(RoomJob job, CancellationToken ct)
    {
        var organization = JobWish.Of(job).OrganizationId ?? services.Agents.DefaultOrganizationId;
        if (organization is null)
        {
            // The caller may name one in the room.
            return JobAnswer.Accept with { Attributes = FirstAttributes };
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
            var reason = new UnknownOrganizationException(organization).Message;
            services.Registry.Refused(job.RoomName, reason);
            return new JobAnswer(reason, EndsJob: true);
        }

        var limit = await services.Agents.MaximumCallsAsync(organization, ct);
        return JobAnswer.Accept with { Attributes = FirstAttributes, Limit = limit is { } calls ? ($"organization:{organization}", calls) : null };
    }

    public Task<JobOutcome> RunAsync(RoomJob job, JobAccess access, CancellationToken drain, CancellationToken ct) =>
        new RoomSession(services, job, JobWish.Of(job)).RunAsync(access, drain, ct);
}
