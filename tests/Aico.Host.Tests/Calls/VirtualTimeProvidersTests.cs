using Aico.Host.Calls;
using Aico.Host.Time;
using Microsoft.Extensions.AI;

namespace Aico.Host.Tests.Calls;

public class VirtualTimeProvidersTests
{
    [Test]
    public void Gives_a_tool_the_real_time_that_it_takes()
    {
        var time = new VirtualTime();
        var settings = VirtualTimeProviders.Wrap(new AgentSettings { Tools = [new OutsideTool()] }, time);

        var result = time.Run(async () =>
        {
            using var timeout = new CancellationTokenSource(settings.Thinking.ToolTimeout, time);
            return await settings.Tools[0].InvokeAsync([], timeout.Token);
        });

        result.Should().Be("done");
        settings.Tools[0].Name.Should().Be("outside");
    }

    private sealed class OutsideTool : AIFunction
    {
        public override string Name => "outside";

        protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ThreadPool.QueueUserWorkItem(_ =>
            {
                // Long enough for a clock that does not wait to come to the tool's time-out.
                using var never = new ManualResetEventSlim();
                never.Wait(TimeSpan.FromMilliseconds(100));
                done.SetResult();
            });
            await done.Task.WaitAsync(cancellationToken);
            return "done";
        }
    }
}
