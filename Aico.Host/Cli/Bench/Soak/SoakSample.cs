using System.Text.Json.Nodes;
using Aico.Host.Hosts;

namespace Aico.Host.Cli.Bench.Soak;

/// <summary>What the measured process holds at one moment.</summary>
internal sealed record SoakSample
{
    /// <summary>Since the start of the run.</summary>
    public double Seconds { get; init; }

    /// <summary>Calls that have begun.</summary>
    public long Begun { get; init; }

    /// <summary>Calls that run.</summary>
    public int Running { get; init; }

    public long ResidentBytes { get; init; }

    /// <summary>Of the garbage collector, after a full collection.</summary>
    public long HeapBytes { get; init; }

    public int Threads { get; init; }

    /// <summary>Null where the system does not tell.</summary>
    public int? Handles { get; init; }

    /// <summary>Null where the system does not tell.</summary>
    public int? Sockets { get; init; }

    /// <summary>Handles that LiveKit's native library keeps; 0 without it.</summary>
    public long NativeHandles { get; init; }

    /// <summary>The database with its log.</summary>
    public long DatabaseBytes { get; init; }

    /// <summary>Requests to providers that were made to suffer.</summary>
    public long Faults { get; init; }

    public static SoakSample Take(long begun, int running, long nativeHandles, long databaseBytes, long faults)
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        var process = ProcessSample.Take();
        return new SoakSample
        {
            Begun = begun,
            Running = running,
            ResidentBytes = process.ResidentBytes,
            HeapBytes = GC.GetTotalMemory(forceFullCollection: false),
            Threads = process.Threads,
            Handles = process.Handles,
            Sockets = process.Sockets,
            NativeHandles = nativeHandles,
            DatabaseBytes = databaseBytes,
            Faults = faults,
        };
    }

    public JsonObject ToJson() => new()
    {
        ["seconds"] = Math.Round(Seconds, 1),
        ["begun"] = Begun,
        ["running"] = Running,
        ["residentBytes"] = ResidentBytes,
        ["heapBytes"] = HeapBytes,
        ["threads"] = Threads,
        ["handles"] = Handles,
        ["sockets"] = Sockets,
        ["nativeHandles"] = NativeHandles,
        ["databaseBytes"] = DatabaseBytes,
        ["faults"] = Faults,
    };

    public static SoakSample Read(JsonObject json) => new()
    {
        Seconds = json["seconds"]!.GetValue<double>(),
        Begun = json["begun"]!.GetValue<long>(),
        Running = json["running"]!.GetValue<int>(),
        ResidentBytes = json["residentBytes"]!.GetValue<long>(),
        HeapBytes = json["heapBytes"]!.GetValue<long>(),
        Threads = json["threads"]!.GetValue<int>(),
        Handles = json["handles"]?.GetValue<int>(),
        Sockets = json["sockets"]?.GetValue<int>(),
        NativeHandles = json["nativeHandles"]!.GetValue<long>(),
        DatabaseBytes = json["databaseBytes"]!.GetValue<long>(),
        Faults = json["faults"]!.GetValue<long>(),
    };
}
