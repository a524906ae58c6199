namespace Aico.Host.Tests.Audio;

internal static class Allocations
{
    private const int Rounds = 512;

    /// <summary>Bytes that the action allocates in 512 rounds on this thread, once it is warm.</summary>
    public static long Of(Action action)
    {
        for (var i = 0; i < 64; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
