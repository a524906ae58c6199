using Aico.Host.Hosts;

namespace Aico.Host.Tests.Hosts;

/// <summary>Hosts as they report themselves.</summary>
internal static class SampleHost
{
    public static HostStatus Of(string id, string name = "vm1", int processId = 100, int? callHost = null) => new()
    {
        Id = id,
        Name = name,
        ProcessId = processId,
        CallHost = callHost,
        Role = "agent",
        Version = "1.2.3",
        NativeVersion = "0.12.80",
        Started = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Phase = HostPhase.Serving,
        Calls = 3,
        CallLimit = 50,
        CallsServed = 12,
        Load = 0.25,
        ResidentBytes = 180_000_000,
        CpuCores = 0.5,
        Threads = 31,
        Handles = 90,
    };

    /// <summary>A call of "acme" that goes on.</summary>
    public static RunningSession Session(string id) => new()
    {
        Id = id,
        OrganizationId = "acme",
        Agent = "default",
        ConfigurationVersion = "api:1",
        RoomName = $"room-of-{id}",
        CallerIdentity = "ann",
        State = "speaking",
        IsReady = true,
        Started = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Turns = 4,
    };
}
