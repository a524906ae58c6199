using System.Collections.Concurrent;
using Aico.Host.LiveKit.Worker;

namespace Aico.Testing.LiveKit;

/// <summary>Accepts jobs and runs each until a test ends it, or the worker does.</summary>
internal sealed class ScriptedJobHandler : IJobHandler
{
    private readonly ConcurrentQueue<RoomJob> _considered = new();
    private readonly ConcurrentDictionary<string, Run> _runs = new();

    public Func<RoomJob, CancellationToken, ValueTask<JobAnswer>> Consider { get; set; } = (_, _) => ValueTask.FromResult(JobAnswer.Accept);

    /// <summary>False: a job says its goodbye by going on.</summary>
    public bool IsEndingOnDrain { get; set; } = true;

    /// <summary>False: a job that is cancelled goes on.</summary>
    public bool IsEndingOnCancel { get; set; } = true;

    /// <summary>After a job has begun to run.</summary>
    public event Action? RunBegan;

    public IReadOnlyCollection<RoomJob> Considered => _considered;

    public IReadOnlyDictionary<string, Run> Runs => (IReadOnlyDictionary<string, Run>)_runs;

    public async ValueTask<JobAnswer> ConsiderAsync(RoomJob job, CancellationToken ct)
    {
        _considered.Enqueue(job);
        return await Consider(job, ct);
    }

    public async Task<JobOutcome> RunAsync(RoomJob job, JobAccess access, CancellationToken drain, CancellationToken ct)
    {
        var run = new Run(job, access);
        _runs.TryAdd(job.Id, run).Should().BeTrue("a job runs once");
        RunBegan?.Invoke();
        using var onDrain = drain.Register(() => run.Drained(IsEndingOnDrain));
        using var onCancel = ct.Register(() => run.Cancelled(IsEndingOnCancel, ct));
        return await run.Ending.Task;
    }

    /// <summary>A job that runs.</summary>
    internal sealed class Run(RoomJob job, JobAccess access)
    {
        public RoomJob Job => job;

        public JobAccess Access => access;

        public bool IsToldToDrain { get; private set; }

        public bool IsCancelled { get; private set; }

        public TaskCompletionSource<JobOutcome> Ending { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End(string? error = null) => Ending.TrySetResult(new JobOutcome(error));

        public void Drained(bool isEnding)
        {
            IsToldToDrain = true;
            if (isEnding)
            {
                End();
            }
        }

        public void Cancelled(bool isEnding, CancellationToken ct)
        {
            IsCancelled = true;
            if (isEnding)
            {
                Ending.TrySetCanceled(ct);
            }
        }
    }
}
