namespace Aico.Host.LiveKit.Worker;

/// <summary>Does the jobs that the worker takes. Safe from any thread.</summary>
internal interface IJobHandler
{
    /// <summary>Decides about an offered job, within a second or so; a place is reserved already. An exception refuses it.</summary>
    ValueTask<JobAnswer> ConsiderAsync(RoomJob job, CancellationToken ct);

    /// <summary>
    /// Does an assigned job to its end. The token is cancelled
    /// when the job must end at once (termination by the server, end of the host's patience); <paramref name="drain"/> when the host
    /// shuts down and running calls should say their goodbye.
    /// </summary>
    Task<JobOutcome> RunAsync(RoomJob job, JobAccess access, CancellationToken drain, CancellationToken ct);
}
