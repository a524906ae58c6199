using Aico.Host.Usage;
using Aico.Host.Usage.Prices;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Cli.Serve;

/// <summary>The books of a serving process: what calls and probes use, at what price. Its disposal writes what is waiting.</summary>
internal sealed class ServeUsage : IAsyncDisposable
{
    private readonly AicoHost _host;
    private readonly UsageWriter _writer;
    private readonly Pricing _prices;

    private ServeUsage(AicoHost host, UsageWriter writer, Pricing prices, TimeProvider time)
    {
        (_host, _writer, _prices) = (host, writer, prices);
        Account = new UsageAccount(prices, writer.Post, time);
        host.Health.Probed = Account.Probed;
    }

    public UsageAccount Account { get; }

    /// <summary>Where prices come from, for whoever starts the host.</summary>
    public required string Description { get; init; }

    /// <param name="plan">Names the file with the prices.</param>
    /// <param name="host">Its providers are what is paid for.</param>
    /// <param name="organizations">Whose usage it is; their store keeps it, and their budgets are held against it.</param>
    /// <param name="loggers">For what is lost.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="PriceFileException">The prices cannot be read.</exception>
    public static ServeUsage Open(ServePlan plan, AicoHost host, ServeOrganizations organizations, ILoggerFactory loggers, TimeProvider time)
    {
        var (table, description) = Read(plan.Environment, host);
        var prices = new Pricing(table, key => host.Catalog.Find(key)?.Descriptor.Hosting);
        IUsageSink sink = organizations.Store is { } store ? new StoredUsage(store) : new UnkeptUsage(loggers.CreateLogger<UnkeptUsage>());
        organizations.Agents.Spending = organizations.Store is { } books ? new Budgets(books, prices, time, loggers.CreateLogger<Budgets>()) : null;
        return new ServeUsage(
            host,
            new UsageWriter(sink, loggers.CreateLogger<UsageWriter>()),
            prices,
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

    public ValueTask DisposeAsync()
    {
        _host.Health.Probed = null;
        return _writer.DisposeAsync();
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
