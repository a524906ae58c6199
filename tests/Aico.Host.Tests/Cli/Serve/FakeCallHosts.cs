using Aico.Host.Cli.Serve.CallHosts;
using Aico.Host.Hosts;
using Aico.Host.Tests.Hosts;

namespace Aico.Host.Tests.Cli.Serve;

/// <summary>Call hosts that a test makes serve, fill up and die.</summary>
internal sealed class FakeCallHosts(HostRegistry registry) : ICallHostLauncher
{
    /// <summary>In the order of their starts.</summary>
    public List<FakeCallHost> All { get; } = [];

    /// <summary>Those that have not ended.</summary>
    public IEnumerable<FakeCallHost> Living => All.Where(host => !host.Exited.IsCompleted);

    /// <summary>Whether those that are started serve at once.</summary>
    public bool Serve { get; set; } = true;

    public ICallHostProcess Start(int number)
    {
        var host = new FakeCallHost(registry, number, 1000 + All.Count);
        All.Add(host);
        if (Serve)
        {
            host.Report();
        }

        return host;
    }

    internal sealed class FakeCallHost(HostRegistry registry, int number, int id) : ICallHostProcess
    {
        // What follows is posted to the pump of virtual time, where the test runs it.
        private readonly TaskCompletionSource<int> _exited = new();

        public int Number => number;

        public int Id => id;

        public Task<int> Exited => _exited.Task;

        public List<string> Orders { get; } = [];

        public void Report(Func<HostStatus, HostStatus>? change = null)
        {
            var status = SampleHost.Of($"{id}", $"vm1/{number}", id, number) with { CallsServed = 0, ResidentBytes = 100 << 20 };
            registry.Report(change?.Invoke(status) ?? status);
        }

        public void End(int code) => _exited.TrySetResult(code);

        public void Drain() => Orders.Add("drain");

        public void Stop() => Orders.Add("stop");

        public void Kill()
        {
            Orders.Add("kill");
            End(137);
        }
    }
}
