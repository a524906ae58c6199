using Aico.Host.LiveKit.Protocol;
using Microsoft.Extensions.Logging;

namespace Aico.Host.LiveKit.Worker;

/// <summary>
/// The jobs of a worker, each a task from offer to end. Offers, assignments and terminations come from the connection and return at
/// once; a job's own errors end that job only. Safe from any thread.
/// </summary>
internal sealed class WorkerJobs(
    IJobHandler handler, WorkerOptions options, Uri url, WorkerOutbox outbox, JobPlaces places, Action changed, TimeProvider time, ILogger logger)
    : IDisposable
{
    public const string AgentNameAttribute = "lk.agent.name";

    private readonly CancellationTokenSource _drain = new();

    /// <param name="offered">What the server offers.</param>
    /// <param name="isOverloaded">True: no.</param>
    /// <param name="link">Ends with the connection that the offer came by: no assignment will follow then.</param>
    public void Offer(Protocol.Job offered, bool isOverloaded, CancellationToken link)
    {
        var job = new WorkerJob(RoomJobs.From(offered));
        if ((isOverloaded ? "the load of this host is too high" : places.Take(job)) is { } reason)
        {
            Refuse(job.Job, reason);
            job.Dispose();
            return;
        }

        changed();
        _ = LiveAsync(job, link);
    }

    public void Assign(JobAssignment assignment)
    {
        var id = assignment.Job?.Id ?? "";
        var target = assignment.HasUrl && Uri.TryCreate(assignment.Url, UriKind.Absolute, out var other) ? other : url;
        if (!places.TryFind(id, out var job) || !job.Assignment.TrySetResult(new JobAccess(target, assignment.Token)))
        {
            logger.UnexpectedAssignment(id);
            outbox.Report(id, JobStatus.JsFailed, "the assignment came too late");
        }
    }

    public void Terminate(string jobId)
    {
        if (places.TryFind(jobId, out var job))
        {
            logger.JobTerminated(jobId);
            job.IsTerminated = true;
            job.Stop();
        }
    }

    /// <summary>Tells running calls to say their goodbye.</summary>
    public void SayGoodbye() => _drain.Cancel();

    /// <summary>Cancels every job.</summary>
    public void StopAll()
    {
        foreach (var job in places.All)
        {
            job.Stop();
        }
    }

    public void Dispose() => _drain.Dispose();

    private async Task LiveAsync(WorkerJob job, CancellationToken link)
    {
        // The connection's reader goes on; the handler's work is not its.
        await Task.Yield();
        try
        {
            if (await IsAcceptedAsync(job, link) && await AssignedAsync(job, link) is { } access)
            {
                await RunAsync(job, access);
            }
        }
        finally
        {
            places.Release(job);
            changed();
            job.Dispose();
        }
    }

    private async Task<bool> IsAcceptedAsync(WorkerJob job, CancellationToken link)
    {
        using var patience = new CancellationTokenSource(options.ConsiderTimeout, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(link, job.Stopping, patience.Token);
        JobAnswer answer;
        try
        {
            // Also a handler that does not look at its token must not make the server wait.
            answer = await handler.ConsiderAsync(job.Job, any.Token).AsTask().WaitAsync(any.Token);
        }
        catch (OperationCanceledException) when (any.IsCancellationRequested)
        {
            if (patience.IsCancellationRequested)
            {
                logger.ConsiderTimedOut(job.Job.Id, job.Job.RoomName, options.ConsiderTimeout);
            }

            Answer(job.Job, isAvailable: false);
            return false;
        }
        catch (Exception e)
        {
            // The handler's fault is this job's, not the worker's.
            logger.ConsiderFailed(e, job.Job.Id, job.Job.RoomName);
            Answer(job.Job, isAvailable: false);
            return false;
        }

        if (answer.RefusalReason is { } refusal)
        {
            Refuse(job.Job, refusal, answer.EndsJob);
            return false;
        }

        if (answer.Limit is { } limit && places.TakeLimit(job, limit) is { } reason)
        {
            Refuse(job.Job, reason);
            return false;
        }

        return !link.IsCancellationRequested && Answer(job.Job, isAvailable: true, attributes: answer.Attributes);
    }

    private async Task<JobAccess?> AssignedAsync(WorkerJob job, CancellationToken link)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(link, job.Stopping);
        try
        {
            return await job.Assignment.Task.WaitAsync(options.AssignmentTimeout, time, any.Token);
        }
        catch (TimeoutException)
        {
            // An assignment in this very moment finds the door closed.
            if (!job.Assignment.TrySetCanceled(CancellationToken.None))
            {
                return await job.Assignment.Task;
            }

            logger.NotAssigned(job.Job.Id, job.Job.RoomName, options.AssignmentTimeout);
            outbox.Report(job.Job.Id, JobStatus.JsFailed, $"not assigned within {options.AssignmentTimeout.TotalSeconds:0.#} s");
            return null;
        }
        catch (OperationCanceledException) when (any.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task RunAsync(WorkerJob job, JobAccess access)
    {
        // Off the connection's reader, which completes the assignment.
        await Task.Yield();
        var begin = time.GetTimestamp();
        job.IsRunning = true;
        logger.JobStarts(job.Job.Id, job.Job.RoomName);
        outbox.Report(job.Job.Id, JobStatus.JsRunning);
        changed();
        Exception? fault = null;
        string? error;
        try
        {
            error = (await handler.RunAsync(job.Job, access, _drain.Token, job.Stopping)).Error;
        }
        catch (OperationCanceledException) when (job.Stopping.IsCancellationRequested)
        {
            error = job.IsTerminated ? null : "the host stopped";
        }
        catch (Exception e)
        {
            // The server shows this to anybody with a key: the message may say too much, the log has it.
            fault = e;
            error = $"the agent failed ({e.GetType().Name})";
        }

        var duration = time.GetElapsedTime(begin);
        outbox.Report(job.Job.Id, error is null ? JobStatus.JsSuccess : JobStatus.JsFailed, error);
        if (error is null)
        {
            logger.JobEnded(job.Job.Id, job.Job.RoomName, duration);
        }
        else
        {
            logger.JobFailed(fault, job.Job.Id, job.Job.RoomName, duration, error);
        }
    }

    private void Refuse(RoomJob job, string reason, bool endsJob = false)
    {
        logger.JobRefused(job.Id, job.RoomName, reason);
        Answer(job, isAvailable: false, endsJob);
    }

    private bool Answer(RoomJob job, bool isAvailable, bool endsJob = false, IReadOnlyDictionary<string, string>? attributes = null)
    {
        var answer = new AvailabilityResponse { JobId = job.Id, Available = isAvailable, Terminate = endsJob };
        if (isAvailable)
        {
            answer.ParticipantIdentity = "agent-" + job.Id;
            foreach (var (name, value) in attributes ?? new Dictionary<string, string>())
            {
                answer.ParticipantAttributes[name] = value;
            }

            answer.ParticipantAttributes[AgentNameAttribute] = options.AgentName;
        }

        return outbox.TrySend(new WorkerMessage { Availability = answer });
    }
}
