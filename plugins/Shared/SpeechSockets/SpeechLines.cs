using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Vendors;
using Aico.Plugins.Shared.WebSockets;

namespace Aico.Plugins.Shared.SpeechSockets;

/// <summary>
/// The connections of one provider. A session has one for itself, and gives it back for the next answer: that one begins to speak
/// without the round trips of a new connection, two for TLS and one for the upgrade.
/// </summary>
/// <param name="context">Lends the connections.</param>
/// <param name="errors">The vendor's table of errors.</param>
/// <param name="keepFor">How long an idle connection is taken for alive: less than the vendor's own limit.</param>
internal sealed class SpeechLines(IProviderContext context, VendorErrors errors, TimeSpan keepFor) : IDisposable
{
    /// <summary>Idle ones beyond are closed: an organization's calls rarely begin to speak more at once.</summary>
    private const int MostIdle = 8;

    private readonly Lock _lock = new();
    private readonly List<SpeechLine> _idle = [];
    private bool _isDisposed;

    /// <summary>Takes an idle connection to the address, or makes one.</summary>
    /// <exception cref="Aico.Abstractions.ProviderException">The vendor refused or cannot be reached.</exception>
    public async ValueTask<SpeechLine> TakeAsync(Uri url, IReadOnlyDictionary<string, string> headers, ISpeakingProtocol protocol, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (FindIdle(url) is { } idle)
        {
            return idle;
        }

        var socket = await ProviderSocket.ConnectAsync(url, headers, errors, context, ct);
        return new SpeechLine(socket, url, protocol, errors);
    }

    /// <summary>Sees to it that an idle connection to the address is there.</summary>
    /// <exception cref="Aico.Abstractions.ProviderException">The vendor refused or cannot be reached.</exception>
    public async ValueTask PrepareAsync(Uri url, IReadOnlyDictionary<string, string> headers, ISpeakingProtocol protocol, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_idle.Exists(line => line.Url == url && line.IsUsable && context.TimeProvider.GetElapsedTime(line.IdleSince) <= keepFor))
            {
                return;
            }
        }

        var socket = await ProviderSocket.ConnectAsync(url, headers, errors, context, ct);
        Return(new SpeechLine(socket, url, protocol, errors));
    }

    /// <summary>Takes a connection back that nobody uses.</summary>
    public void Return(SpeechLine line)
    {
        SpeechLine? tooMany = null;
        lock (_lock)
        {
            line.IdleSince = context.TimeProvider.GetTimestamp();
            if (_isDisposed || !line.IsUsable)
            {
                tooMany = line;
            }
            else
            {
                _idle.Add(line);
                if (_idle.Count > MostIdle)
                {
                    tooMany = _idle[0];
                    _idle.RemoveAt(0);
                }
            }
        }

        tooMany?.Dispose();
    }

    public void Dispose()
    {
        List<SpeechLine> idle;
        lock (_lock)
        {
            _isDisposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        idle.ForEach(line => line.Dispose());
    }

    private SpeechLine? FindIdle(Uri url)
    {
        SpeechLine? found = null;
        List<SpeechLine> stale;
        lock (_lock)
        {
            stale = _idle.FindAll(line => !line.IsUsable || context.TimeProvider.GetElapsedTime(line.IdleSince) > keepFor);
            _idle.RemoveAll(stale.Contains);
            // The one that was used last: the others may go stale.
            if (_idle.FindLastIndex(line => line.Url == url) is >= 0 and var index)
            {
                found = _idle[index];
                _idle.RemoveAt(index);
            }
        }

        stale.ForEach(line => line.Dispose());
        return found;
    }
}
