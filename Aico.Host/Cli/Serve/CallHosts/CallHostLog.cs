using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve.CallHosts;

/// <summary>What the log says of call hosts.</summary>
internal static partial class CallHostLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Call host {Number} is process {ProcessId}")]
    public static partial void Started(ILogger logger, int number, int processId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Call host {Number} (process {ProcessId}) ended with code {Code} after {Lived}; it is started again")]
    public static partial void Ended(ILogger logger, int number, int processId, int code, TimeSpan lived);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Call host {Number} has died quickly {Deaths} times in a row: the next one is started in {Pause}")]
    public static partial void Pausing(ILogger logger, int number, int deaths, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Information, Message = "Call host {Number} (process {ProcessId}) is replaced: {Reason}")]
    public static partial void Replacing(ILogger logger, int number, int processId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The replacement of call host {Number} (process {ProcessId}) did not begin to serve; the old one goes on")]
    public static partial void NotReplaced(ILogger logger, int number, int processId);

    [LoggerMessage(Level = LogLevel.Information, Message = "The call host {Number} that was replaced (process {ProcessId}) has ended with code {Code}")]
    public static partial void Retired(ILogger logger, int number, int processId, int code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Call host {Number} holds {Held} MB before its first call, and --call-host-memory allows {Allowed} MB: it is replaced after every call")]
    public static partial void LimitTooSmall(ILogger logger, int number, long held, long allowed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} call hosts did not end in time and are killed")]
    public static partial void Killed(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: call hosts take no more calls, running ones go on; a second signal ends them at once")]
    public static partial void Draining(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Call host {Number}: {Line}")]
    public static partial void Said(ILogger logger, int number, string line);
}
