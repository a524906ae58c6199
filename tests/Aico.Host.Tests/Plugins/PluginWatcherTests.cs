using Aico.Host.Plugins;

namespace Aico.Host.Tests.Plugins;

public class PluginWatcherTests
{
    // Only reached where the watching does not work at all.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Takes_in_a_new_plugin_after_the_folder_was_quiet()
    {
        using var sandbox = new PluginSandbox();
        var time = new HeldTimer();
        await using var host = AicoHost.Create(sandbox.Options() with { WatchPlugins = true, TimeProvider = time });

        sandbox.Add("Good");
        var quiet = await time.Armed.Task.WaitAsync(_patience);
        host.Catalog.Find("good-stt").Should().BeNull();
        time.Fire();

        quiet.Should().Be(PluginWatcher.Debounce);
        host.Catalog.Find("good-stt").Should().NotBeNull();
    }

    /// <summary>A clock whose one timer fires when the test says so.</summary>
    private sealed class HeldTimer : TimeProvider
    {
        private Action? _callback;

        public TaskCompletionSource<TimeSpan> Armed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fire() => _callback!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = () => callback(state);
            return new Timer(this);
        }

        private sealed class Timer(HeldTimer owner) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => owner.Armed.TrySetResult(dueTime) || true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
