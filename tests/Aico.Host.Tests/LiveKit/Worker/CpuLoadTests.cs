using Aico.Host.LiveKit.Worker;
using Aico.Host.Time;

namespace Aico.Host.Tests.LiveKit.Worker;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CpuLoadTests
{
    private readonly VirtualTime _time = new();
    private readonly string _root = Directory.CreateTempSubdirectory("aico-cpu-").FullName;
    private string? _processors;

    [TearDown]
    public void Delete() => Directory.Delete(_root, recursive: true);

    [Test]
    public void Measures_our_own_group_against_the_tightest_limit_around_it()
    {
        Write("proc/self/cgroup", "0::/system.slice/aico.service\n");
        Write("sys/fs/cgroup/cpu.stat", "usage_usec 999999999\n");
        Write("sys/fs/cgroup/system.slice/cpu.max", "150000 100000\n");
        Write("sys/fs/cgroup/system.slice/aico.service/cpu.max", "max 100000\n");
        Write("sys/fs/cgroup/system.slice/aico.service/cpu.stat", "usage_usec 1000000\nuser_usec 5\n");
        var load = Load("cgroup v2");

        _time.Advance(TimeSpan.FromSeconds(2));
        Write("sys/fs/cgroup/system.slice/aico.service/cpu.stat", "usage_usec 2500000\nuser_usec 5\n");

        load.Measure().Should().BeApproximately(1.5 / 2 / 1.5, 0.001);
    }

    [Test]
    public void Measures_the_root_group_of_a_container()
    {
        Write("proc/self/cgroup", "0::/\n");
        Write("sys/fs/cgroup/cpu.stat", "usage_usec 0\n");
        Write("sys/fs/cgroup/cpu.max", "400000 100000\n");
        var load = Load("cgroup v2");

        _time.Advance(TimeSpan.FromSeconds(1));
        Write("sys/fs/cgroup/cpu.stat", "usage_usec 1000000\n");

        load.Measure().Should().BeApproximately(0.25, 0.001);
    }

    [Test]
    public void Measures_a_group_of_the_first_version()
    {
        Write("sys/fs/cgroup/cpuacct/cpuacct.usage", "0\n");
        Write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "200000\n");
        Write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
        var load = Load("cgroup v1");

        _time.Advance(TimeSpan.FromSeconds(1));
        Write("sys/fs/cgroup/cpuacct/cpuacct.usage", "1000000000\n");

        load.Measure().Should().BeApproximately(0.5, 0.001);
    }

    [Test]
    public void Measures_the_machine_where_there_are_no_groups()
    {
        _processors = "2";
        Write("proc/stat", "cpu  100 0 50 1000 10 0 0 0 0 0\ncpu0 1 1 1 1\n");
        var load = Load("/proc/stat");

        _time.Advance(TimeSpan.FromSeconds(1));
        Write("proc/stat", "cpu  140 0 60 1130 30 0 0 0 0 0\ncpu0 1 1 1 1\n");

        load.Measure().Should().BeApproximately(0.25, 0.001);
    }

    [Test]
    public void Measures_this_process_where_nothing_else_counts() => Load("process").Measure().Should().BeInRange(0, 1);

    [Test]
    public void Takes_the_number_of_processors_from_the_operator()
    {
        _processors = "8";
        Write("sys/fs/cgroup/cpu.stat", "usage_usec 0\n");
        Write("sys/fs/cgroup/cpu.max", "100000 100000\n");
        var load = Load("cgroup v2");

        _time.Advance(TimeSpan.FromSeconds(1));
        Write("sys/fs/cgroup/cpu.stat", "usage_usec 4000000\n");

        load.Measure().Should().BeApproximately(0.5, 0.001);
    }

    [Test]
    public void Keeps_the_last_figure_where_nothing_can_be_read_or_too_little_time_has_gone_by()
    {
        _processors = "1";
        Write("sys/fs/cgroup/cpu.stat", "usage_usec 0\n");
        var load = Load("cgroup v2");
        _time.Advance(TimeSpan.FromSeconds(1));
        Write("sys/fs/cgroup/cpu.stat", "usage_usec 400000\n");
        load.Measure().Should().BeApproximately(0.4, 0.001);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        Write("sys/fs/cgroup/cpu.stat", "usage_usec 500000\n");
        load.Measure().Should().BeApproximately(0.4, 0.001);
        _time.Advance(TimeSpan.FromSeconds(1));
        File.Delete(Path.Combine(_root, "sys/fs/cgroup/cpu.stat"));

        load.Measure().Should().BeApproximately(0.4, 0.001);
    }

    [Test]
    public void Takes_the_worst_of_several_sources_and_nothing_that_is_no_number()
    {
        var load = new WorkerLoad([new Fixed(0.2), new Fixed(double.NaN), new Fixed(7), new Fixed(-1)]);

        load.Measure();

        load.Current.Should().Be(1);
    }

    private CpuLoad Load(string name)
    {
        var account = CpuAccount.Find(_root, variable => variable == "NUM_CPUS" ? _processors : null);
        account.Name.Should().Be(name);
        return new CpuLoad(account, _time);
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private sealed class Fixed(double load) : ILoadSource
    {
        public double Measure() => load;
    }
}
