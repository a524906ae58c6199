using Aico.Host.Storage;
using Aico.Host.Usage;
using Aico.Host.Usage.Prices;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve;

/// <summary>The books of a serving process: what calls and probes use, at what price. Its disposal writes what is waiting.</summary>
internal sealed class ServeUsage : IAsyncDisposable
{
    private readonly AicoHost _host;
    private readonly UsageWriter _writer;

    private ServeUsage(AicoHost host, UsageWriter writer, Pricing prices, Action<IReadOnlyList<UsageRow>> used, TimeProvider time)
    {
        (_host, _writer) = (host, writer);
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
        var file = PriceFile.Find(plan.Environment, host.Options.HostFolder);
        var table = file is null ? PriceTable.Empty : PriceFile.Read(file);
        var prices = new Pricing(table, key => host.Catalog.Find(key)?.Descriptor.Hosting);
        IUsageSink sink = organizations.Store is { } store ? new StoredUsage(store) : new UnkeptUsage(loggers.CreateLogger<UnkeptUsage>());
        organizations.Agents.Spending = organizations.Store is { } books ? new Budgets(books, prices, time, loggers.CreateLogger<Budgets>()) : null;
        return new ServeUsage(
            host,
            new UsageWriter(sink, loggers.CreateLogger<UsageWriter>()),
            prices,
            used,
            time)
        {
            Description = file is null ? "There is no table of prices: costs are not estimated" : $"Costs are estimated by {file}: {table.Prices.Count} prices",
        };
    }

    public ValueTask DisposeAsync()
    {
        _host.Health.Probed = null;
        return _writer.DisposeAsync();
    }
}
