using System.Text;
using Aico.Host.Storage;
using Aico.Host.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

// Writes to a store until it is killed, and prints every write that the store has acknowledged: "<provider> <revision>".
// Arguments: the database and the organization to make. Begins when it reads a line, so that it can be started ahead of its time.
const int Writers = 4;

await Console.In.ReadLineAsync();
var acknowledged = Console.OpenStandardOutput();
var actor = new StoreActor("test:writer");
await using var store = await SqliteStore.OpenAsync(args[0], TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
await store.ApplyAsync([new StoreChange.CreateOrganization(args[1], args[1])], actor, CancellationToken.None);
await Task.WhenAll(Enumerable.Range(0, Writers).Select(WriteAsync));

async Task WriteAsync(int writer)
{
    for (var n = 0; ; n++)
    {
        var provider = $"w{writer}-{n}";
        var revision = await store.ApplyAsync([new StoreChange.PutProvider(args[1], provider, "{}", true, n)], actor, CancellationToken.None);
        var line = Encoding.ASCII.GetBytes($"{provider} {revision}\n");
        lock (acknowledged)
        {
            acknowledged.Write(line);
        }
    }
}
