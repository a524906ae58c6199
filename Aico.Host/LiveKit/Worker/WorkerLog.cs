using Microsoft.Extensions.Logging;

namespace Aico.Host.LiveKit.Worker;

/// <summary>What the worker logs.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(LogLevel.Information, "Registered with LiveKit server {Version} as worker {WorkerId} for agent name '{AgentName}', {Places} places.")]
    public static partial void Registered(this ILogger logger, string version, string workerId, string agentName, int places);

    [LoggerMessage(LogLevel.Warning, "No connection to the LiveKit server: {Error}. Running calls go on. Next attempt in {Pause}.")]
    public static partial void Disconnected(this ILogger logger, string error, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "{Error}. No call is taken. Next attempt in {Pause}.")]
    public static partial void KeyRefused(this ILogger logger, string error, TimeSpan pause);

    public static void FullnessChanged(this ILogger logger, bool isFull, double load, int calls)
    {
        if (isFull)
        {
            logger.IsFull(load, calls);
        }
        else
        {
            logger.HasRoom(load, calls);
        }
    }

    [LoggerMessage(LogLevel.Information, "Job {JobId} (room {Room}) is refused: {Reason}.")]
    public static partial void JobRefused(this ILogger logger, string jobId, string room, string reason);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} (room {Room}) is refused: the decision took longer than {Timeout}.")]
    public static partial void ConsiderTimedOut(this ILogger logger, string jobId, string room, TimeSpan timeout);

    [LoggerMessage(LogLevel.Error, "Job {JobId} (room {Room}) is refused: the decision failed.")]
    public static partial void ConsiderFailed(this ILogger logger, Exception exception, string jobId, string room);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} (room {Room}) was accepted but not assigned within {Timeout}; its place is free again.")]
    public static partial void NotAssigned(this ILogger logger, string jobId, string room, TimeSpan timeout);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} was assigned but is not waited for: too late, or never accepted. It is reported as failed.")]
    public static partial void UnexpectedAssignment(this ILogger logger, string jobId);

    [LoggerMessage(LogLevel.Information, "Job {JobId} (room {Room}) starts.")]
    public static partial void JobStarts(this ILogger logger, string jobId, string room);

    [LoggerMessage(LogLevel.Information, "Job {JobId} (room {Room}) ended after {Duration}.")]
    public static partial void JobEnded(this ILogger logger, string jobId, string room, TimeSpan duration);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} (room {Room}) failed after {Duration}: {Error}.")]
    public static partial void JobFailed(this ILogger logger, Exception? exception, string jobId, string room, TimeSpan duration, string error);

    [LoggerMessage(LogLevel.Information, "The server ends job {JobId}.")]
    public static partial void JobTerminated(this ILogger logger, string jobId);

    [LoggerMessage(LogLevel.Information, "Draining: no more jobs are taken; {Jobs} running, waited for up to {Patience}.")]
    public static partial void Draining(this ILogger logger, int jobs, TimeSpan patience);

    [LoggerMessage(LogLevel.Warning, "{Jobs} jobs did not end in time and are left behind.")]
    public static partial void LeftBehind(this ILogger logger, int jobs);

    [LoggerMessage(LogLevel.Warning, "This host takes no more calls for now: load {Load:0.00}, {Calls} calls. The server offers its jobs to others, and where there are none nobody joins.")]
    private static partial void IsFull(this ILogger logger, double load, int calls);

    [LoggerMessage(LogLevel.Information, "This host takes calls again: load {Load:0.00}, {Calls} calls.")]
    private static partial void HasRoom(this ILogger logger, double load, int calls);

    [LoggerMessage(LogLevel.Information, "The worker has stopped.")]
    public static partial void Stopped(this ILogger logger);
}
