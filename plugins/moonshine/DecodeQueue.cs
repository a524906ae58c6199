using System.Diagnostics.CodeAnalysis;

namespace Aico.Plugins.Moonshine;

/// <summary>
/// The order in which utterances get a worker: organizations take turns, so that a busy one delays itself and not the others;
/// final results come before interim ones. Pure bookkeeping, used under its owner's lock.
/// </summary>
/// <param name="limitPerOrganization">Final results of one organization that may wait; a further one is refused.</param>
internal sealed class DecodeQueue<T>(int limitPerOrganization)
    where T : class
{
    // The organizations that wait, the one whose turn it is in front. Few at a time, so that a search is cheap.
    private readonly LinkedList<Line> _lines = new();
    private readonly LinkedList<T> _interims = new();

    /// <summary>All that wait.</summary>
    public int Count => _interims.Count + _lines.Sum(line => line.Items.Count);

    /// <summary>Adds a final result at the end of its organization's line; false where that is full.</summary>
    public bool TryAddFinal(T item, string organizationId)
    {
        var line = _lines.FirstOrDefault(line => line.OrganizationId == organizationId);
        if (line is null)
        {
            _lines.AddLast(line = new(organizationId));
        }

        if (line.Items.Count >= limitPerOrganization)
        {
            return false;
        }

        line.Items.AddLast(item);
        return true;
    }

    /// <summary>Adds an interim result behind everything else.</summary>
    public void AddInterim(T item) => _interims.AddLast(item);

    /// <summary>Takes the next one out.</summary>
    public bool TryTake([NotNullWhen(true)] out T? item)
    {
        if (_lines.First is not { } turn)
        {
            return TryTakeInterim(out item);
        }

        item = turn.Value.Items.First!.Value;
        turn.Value.Items.RemoveFirst();
        _lines.RemoveFirst();
        if (turn.Value.Items.Count > 0)
        {
            _lines.AddLast(turn);
        }

        return true;
    }

    /// <summary>Takes the oldest interim result out, to make room.</summary>
    public bool TryTakeInterim([NotNullWhen(true)] out T? item)
    {
        item = _interims.First?.Value;
        if (item is not null)
        {
            _interims.RemoveFirst();
        }

        return item is not null;
    }

    /// <summary>Takes out one that nobody waits for any more; false where it is not here.</summary>
    public bool Remove(T item)
    {
        for (var line = _lines.First; line is not null; line = line.Next)
        {
            if (line.Value.Items.Remove(item))
            {
                if (line.Value.Items.Count == 0)
                {
                    _lines.Remove(line);
                }

                return true;
            }
        }

        return _interims.Remove(item);
    }

    private sealed record Line(string OrganizationId)
    {
        public LinkedList<T> Items { get; } = new();
    }
}
