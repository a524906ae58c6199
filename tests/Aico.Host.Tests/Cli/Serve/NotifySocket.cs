using System.Net.Sockets;
using System.Text;

namespace Aico.Host.Tests.Cli.Serve;

/// <summary>The service manager's end of NOTIFY_SOCKET: a real datagram socket in a folder of its own.</summary>
internal sealed class NotifySocket : IDisposable
{
    // Generous: the bound is for a message that never comes.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aico-notify-");
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly byte[] _buffer = new byte[4096];

    public NotifySocket(bool isAbstract = false)
    {
        Path = isAbstract ? $"@aico-test-{Guid.NewGuid():n}" : System.IO.Path.Combine(_folder.FullName, "notify");
        _socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? $"\0{Path[1..]}" : Path));
    }

    /// <summary>As the variable has it.</summary>
    public string Path { get; }

    /// <summary>True where a message waits.</summary>
    public bool HasMore => _socket.Available > 0;

    /// <summary>The next message, come or to come.</summary>
    public async Task<string> NextAsync()
    {
        using var bound = new CancellationTokenSource(Bound, TimeProvider.System);
        return await NextAsync(bound.Token);
    }

    /// <summary>The next message that has this line, others passed over.</summary>
    public async Task<string> UntilAsync(string line)
    {
        // Of all together: signs of life come for as long as the process lives.
        using var bound = new CancellationTokenSource(Bound, TimeProvider.System);
        while (true)
        {
            var message = await NextAsync(bound.Token);
            if (message.Split('\n').Contains(line))
            {
                return message;
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<string> NextAsync(CancellationToken ct) => Encoding.UTF8.GetString(_buffer, 0, await _socket.ReceiveAsync(_buffer, ct));
}
