namespace Aico.Host.LiveKit.Worker;

/// <summary>How the worker presents itself, and its limits and times. The defaults are those of LiveKit's own workers where they have one.</summary>
internal sealed record WorkerOptions
{
    /// <summary>Empty: it takes every new room. Otherwise only where it is asked for by this name.</summary>
    public string AgentName { get; init; } = "";

    /// <summary>Whether it is asked for each room, each participant or each publisher.</summary>
    public JobKind Kind { get; init; } = JobKind.Room;

    /// <summary>Shown by the server's lists.</summary>
    public string Version { get; init; } = "";

    /// <summary>The most jobs at once, offered ones included.</summary>
    public int Places { get; init; } = 50;

    /// <summary>From this load on (0 to 1) no job is taken.</summary>
    public double LoadThreshold { get; init; } = 0.7;

    /// <summary>How often the server is told the load; also the window over which it is measured.</summary>
    public TimeSpan StatusInterval { get; init; } = TimeSpan.FromSeconds(2.5);

    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection on which nothing came for this long is dead; two pings have gone unanswered then.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>For opening the socket, and again for the server's answer to the registration.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For the handler's decision. The server waits 10 s and then fails the job for good.</summary>
    public TimeSpan ConsiderTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From "yes" to the assignment.</summary>
    public TimeSpan AssignmentTimeout { get; init; } = TimeSpan.FromSeconds(7.5);

    /// <summary>How long a drain waits for calls to end by themselves.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After that, for their goodbye.</summary>
    public TimeSpan GoodbyeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For a job that was told to end at once; then it is left behind.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the first signal until the last job is over or left behind, and half a minute for what is written at the end.</summary>
    public TimeSpan LongestEnd => DrainTimeout + GoodbyeTimeout + StopTimeout + TimeSpan.FromSeconds(30);

    /// <summary>Each failed attempt waits this much longer than the one before, from none on.</summary>
    public TimeSpan ReconnectStep { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan LongestReconnectPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where the server refuses the key: an operator must act, and asking often only fills logs.</summary>
    public TimeSpan RefusedPause { get; init; } = TimeSpan.FromSeconds(30);
}
