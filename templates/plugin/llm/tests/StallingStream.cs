using System.Text;

namespace SampleLlm.Tests;

/// <summary>The body of an answer that begins, and goes on only when its reader gives up.</summary>
/// <param name="beginning">What comes at once.</param>
internal sealed class StallingStream(string beginning) : MemoryStream(Encoding.UTF8.GetBytes(beginning))
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position == Length)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return await base.ReadAsync(buffer, cancellationToken);
    }
}
