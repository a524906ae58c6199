namespace Aico.Host.Storage.Sqlite.Changes;

/// <summary>What the changes of one transaction share: the connection, the time, who makes them, and the revisions that they give.</summary>
internal sealed class ChangeScope(SqliteSession session, StoreActor actor, DateTimeOffset now)
{
    private readonly Dictionary<string, long> _revisions = new(StringComparer.Ordinal);
    private long _revision = session.Number("SELECT revision FROM state")!.Value;

    public SqliteSession Session { get; } = session;

    public long Now { get; } = SqliteText.Of(now);

    /// <summary>
    /// The revision that the changes of an organization get. Each organization of a transaction has its own: a reader who goes through the
    /// changes in pages could otherwise lose some at the end of a page.
    /// </summary>
    public long RevisionOf(string organizationId)
    {
        if (!_revisions.TryGetValue(organizationId, out var revision))
        {
            _revisions.Add(organizationId, revision = ++_revision);
        }

        return revision;
    }

    /// <exception cref="StoreConflictException">The change expects another revision.</exception>
    public static void Expect(StoreChange change, string subject, long actual)
    {
        if (change.ExpectedRevision is { } expected && expected != actual)
        {
            throw new StoreConflictException(subject, expected, actual);
        }
    }

    /// <exception cref="StoreNotFoundException">There is no such organization.</exception>
    public void RequireOrganization(string id)
    {
        if (Session.Number("SELECT 1 FROM organizations WHERE id = $1", id) is null)
        {
            throw new StoreNotFoundException($"The organization \"{id}\"");
        }
    }

    public void Audit(string organizationId, string action, string subject, string? before, string? after) => Session.Execute(
        "INSERT INTO audit (organization_id, at, actor, action, subject, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        organizationId, Now, actor.Name, action, subject, before, after);

    /// <summary>Marks what was changed, after all changes. Returns the revision of the last.</summary>
    public long Finish()
    {
        foreach (var (organizationId, revision) in _revisions)
        {
            var isThere = Session.Execute("UPDATE organizations SET revision = $2, updated = $3 WHERE id = $1", organizationId, revision, Now) == 1;
            Session.Execute(
                "INSERT INTO changed_organizations (id, revision, is_deleted) VALUES ($1, $2, $3) "
                + "ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, is_deleted = excluded.is_deleted",
                organizationId, revision, isThere ? 0L : 1L);
        }

        Session.Execute("UPDATE state SET revision = $1", _revision);
        return _revision;
    }
}
