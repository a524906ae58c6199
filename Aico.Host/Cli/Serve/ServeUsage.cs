using Aico.Host.Api.Backend;
using Aico.Host.Storage;
using Aico.Host.Usage;
using Aico.Host.Usage.Prices;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve;

/// <summary>The books of a serving process: what calls and probes use, at what price. Its disposal writes, or sends, what is waiting.</summary>
internal sealed class ServeUsage : IAsyncDisposable
{
    private readonly AicoHost _host;
    private readonly UsageWriter _writer;
    private readonly IReadOnlyList<IDisposable> _owned;
    private readonly Pricing _prices;

    private ServeUsage(
        AicoHost host, UsageWriter writer, IReadOnlyList<IDisposable> owned, Pricing prices, Action<IReadOnlyList<UsageRow>> used, TimeProvider time)
    {
        (_host, _writer, _owned, _prices) = (host, writer, owned, prices);
        Account = new UsageAccount(
            prices,
            rows =>
            {
                writer.Post(rows);
                used(rows);
            },
            time);
        host.Health.Probed = Account.Probed;
    }

    public UsageAccount Account { get; }

    /// <summary>Rows that were not kept, since the start.</summary>
    public long Lost => _writer.Lost;

    /// <summary>Where prices come from, for whoever starts the host.</summary>
    public required string Description { get; init; }

    /// <param name="plan">Names the file with the prices.</param>
    /// <param name="host">Its providers are what is paid for.</param>
    /// <param name="organizations">Whose usage it is; their store keeps it, and their budgets are held against it.</param>
    /// <param name="used">Is told of the rows, too; returns at once.</param>
    /// <param name="loggers">For what is lost.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="PriceFileException">The prices cannot be read.</exception>
    public static ServeUsage Open(ServePlan plan, AicoHost host, ServeOrganizations organizations, Action<IReadOnlyList<UsageRow>> used, ILoggerFactory loggers, TimeProvider time)
    {
        var (table, description) = Read(plan.Environment, host);
        var prices = new Pricing(table, key => host.Catalog.Find(key)?.Descriptor.Hosting);
        var (sink, spending, owned) = Books(plan, host, organizations, loggers, time);
        organizations.Agents.Spending = new Budgets(spending, prices, time, loggers.CreateLogger<Budgets>());
        return new ServeUsage(
            host,
            new UsageWriter(sink, time, loggers.CreateLogger<UsageWriter>()),
            owned,
            prices,
            used,
            time)
        {
            Description = description,
        };
    }

    /// <summary>Reads the prices again, for what is used from now on, and says where they come from.</summary>
    /// <exception cref="PriceFileException">They cannot be read; those before stay in use.</exception>
    public string ReadPrices(IReadOnlyDictionary<string, string> environment)
    {
        var (table, description) = Read(environment, _host);
        _prices.Use(table);
        return description;
    }

    public async ValueTask DisposeAsync()
    {
        _host.Health.Probed = null;
        await _writer.DisposeAsync();
        foreach (var owned in _owned)
        {
            owned.Dispose();
        }
    }

    // This host's store, or the host that has one.
    private static (IUsageSink Sink, ISpendingSource Spending, IReadOnlyList<IDisposable> Owned) Books(
        ServePlan plan, AicoHost host, ServeOrganizations organizations, ILoggerFactory loggers, TimeProvider time)
    {
        if (organizations.Store is { } store)
        {
            return (new StoredUsage(store), new StoredSpending(store), []);
        }

        var (backend, key) = plan is { Configuration.Backend: { } address, Api.Key: { } internalKey }
            ? (address, internalKey)
            : throw new InvalidOperationException("A host without a store has a backend and its key.");
        var usage = new BackendUsage(new BackendDelivery("usage", backend, key, host.Http, time, loggers.CreateLogger<BackendDelivery>()));
        var spending = new BackendSpending(backend, key, host.Http, time);
        return (usage, spending, [usage, spending]);
    }

    private static (PriceTable Table, string Description) Read(IReadOnlyDictionary<string, string> environment, AicoHost host)
    {
        if (PriceFile.Find(environment, host.Options.HostFolder) is not { } file)
        {
            return (PriceTable.Empty, "There is no table of prices: costs are not estimated");
        }

        var table = PriceFile.Read(file);
        return (table, $"Costs are estimated by {file}: {table.Prices.Count} prices");
    }
}
