using System.Threading.Channels;
using Aico.Host.LiveKit.Protocol;

namespace Aico.Host.LiveKit.Worker;

/// <summary>
/// Where jobs put what the server must know, whichever connection there is. How a job ended is kept while there is none; what only
/// matters now is dropped. Safe from any thread.
/// </summary>
internal sealed class WorkerOutbox
{
    // The server forgets jobs whose room is closed anyway: after an outage of hours the oldest reports are worth nothing.
    private const int MostKept = 1000;
    private readonly Lock _lock = new();
    private readonly Queue<UpdateJobStatus> _kept = new();
    private ChannelWriter<WorkerMessage>? _link;

    /// <summary>From now on messages go there; first the reports that were kept.</summary>
    public void Attach(ChannelWriter<WorkerMessage> link)
    {
        lock (_lock)
        {
            _link = link;
            while (_kept.TryPeek(out var report) && link.TryWrite(new WorkerMessage { UpdateJob = report }))
            {
                _kept.Dequeue();
            }
        }
    }

    /// <param name="unsent">What the connection did not get rid of.</param>
    public void Detach(IEnumerable<WorkerMessage> unsent)
    {
        lock (_lock)
        {
            _link = null;
            foreach (var message in unsent)
            {
                if (message.UpdateJob is { } report)
                {
                    Keep(report);
                }
            }
        }
    }

    /// <summary>False where it reaches nobody.</summary>
    public bool TrySend(WorkerMessage message)
    {
        lock (_lock)
        {
            return _link?.TryWrite(message) ?? false;
        }
    }

    public void Report(string jobId, JobStatus status, string? error = null)
    {
        var report = new UpdateJobStatus { JobId = jobId, Status = status, Error = error ?? "" };
        lock (_lock)
        {
            if (_link is not { } link || !link.TryWrite(new WorkerMessage { UpdateJob = report }))
            {
                Keep(report);
            }
        }
    }

    private void Keep(UpdateJobStatus report)
    {
        if (report.Status == JobStatus.JsRunning)
        {
            return;
        }

        if (_kept.Count == MostKept)
        {
            _kept.Dequeue();
        }

        _kept.Enqueue(report);
    }
}
