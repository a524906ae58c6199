namespace Aico.Testing.Vendors;

/// <summary>The body of an answer that breaks: it lets the first bytes through, then does what it was told instead of sending more.</summary>
/// <param name="inner">The body.</param>
/// <param name="most">How many bytes go through.</param>
/// <param name="broken">What happens then: it cuts the connection, or never ends.</param>
internal sealed class BreakingStream(Stream inner, int most, Func<Task> broken) : Stream
{
    private int _left = most;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = Math.Min(_left, buffer.Length);
        await inner.WriteAsync(buffer[..count], cancellationToken);
        await inner.FlushAsync(cancellationToken);
        _left -= count;
        if (_left == 0)
        {
            await broken();
        }
    }
}
