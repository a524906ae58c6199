namespace Aico.Host.Telemetry.Live;

/// <summary>What the process takes of its machine.</summary>
/// <param name="CpuShare">Of all its processors, 0 to 1, over the last seconds.</param>
/// <param name="Processors">How many it may use.</param>
/// <param name="ResidentBytes">In memory.</param>
/// <param name="ManagedBytes">Of that, objects of .NET, the dead ones among them.</param>
/// <param name="PoolThreads">Threads of the pool.</param>
/// <param name="PoolWaiting">Pieces of work that wait for one.</param>
/// <param name="PoolDelay">How long the latest that was tried waited.</param>
internal sealed record ProcessReading(double CpuShare, int Processors, long ResidentBytes, long ManagedBytes, int PoolThreads, long PoolWaiting, TimeSpan PoolDelay);
