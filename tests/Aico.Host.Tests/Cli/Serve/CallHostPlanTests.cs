using System.CommandLine;
using Aico.Abstractions.Plugins;
using Aico.Host.Cli;
using Aico.Host.Cli.Agents;
using Aico.Host.Cli.Serve;
using Aico.Host.Cli.Serve.CallHosts;
using Aico.Host.LiveKit.Access;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Host.Tests.Cli.Serve;

public class CallHostPlanTests
{
    private static readonly LiveKitSettings LiveKit = new() { Url = new Uri("ws://127.0.0.1:7880"), Key = "devkey", Secret = new Secret("a-secret-of-the-tests-only-0123456789") };

    [Test]
    public void There_are_none_unless_they_are_asked_for()
    {
        Plan(new ServeRequest()).Should().BeNull();
        Plan(new ServeRequest { CallHosts = 0 }, ("AICO_CALL_HOSTS", "3")).Should().BeNull("what is typed wins");
        Plan(new ServeRequest { Role = ServeRole.Agent, CallHost = 2 }, ("AICO_CALL_HOSTS", "3")).Should().BeNull("a call host has none of its own");
    }

    [Test]
    public void The_variable_counts_where_nothing_is_typed()
    {
        Plan(new ServeRequest { CallHostMemory = 500, CallHostCalls = 20, DrainTimeout = 60 }, ("AICO_CALL_HOSTS", "3"))
            .Should().Be(new CallHostPolicy(3, 20, 500L << 20, TimeSpan.FromMinutes(1)));
    }

    [TestCase(65, null, null, "--call-hosts: expected a number from 0 to 64.")]
    [TestCase(-1, null, null, "--call-hosts: expected a number from 0 to 64.")]
    [TestCase(1, 0, null, "--call-host-calls: expected a number from 1 to*")]
    [TestCase(1, null, 10, "--call-host-memory: expected a number from 64 to*")]
    public void Numbers_out_of_range_are_refused(int hosts, int? calls, int? memory, string problem) =>
        Refused(new ServeRequest { CallHosts = hosts, CallHostCalls = calls, CallHostMemory = memory }, problem);

    [TestCase("Agent", "--call-hosts 2: call hosts are agents of a host that has the API too.*")]
    [TestCase("Api", "--call-hosts 2: a host of --role api takes no calls.*")]
    public void Roles_that_have_no_use_for_them_are_refused(string role, string problem) => Refused(new ServeRequest { CallHosts = 2, Role = Enum.Parse<ServeRole>(role) }, problem);

    [Test]
    public void What_they_cannot_do_without_is_named()
    {
        Refused(new ServeRequest(), "AICO_CALL_HOSTS: expected a number from 0 to 64.", ("AICO_CALL_HOSTS", "two"));
        Refused(new ServeRequest(), "AICO_CALL_HOSTS=2:*AICO_BACKEND_URL*--role agent*", ("AICO_CALL_HOSTS", "2"), ("AICO_BACKEND_URL", "http://10.0.0.5:5005"));
        FluentActions.Invoking(() => CallHostPlan.Of(new ServeRequest { CallHosts = 2 }, new Dictionary<string, string>(), null, new ConfigurationSettings()))
            .Should().Throw<CliException>().WithMessage("--call-hosts 2: there are no calls to take. Set LIVEKIT_URL*");
    }

    [Test]
    public void A_call_host_gets_what_was_typed_but_what_is_its_own()
    {
        var root = new RootCommand { ServeCommand.Create(AicoHost.Create) };
        var parsed = root.Parse(["serve", "--port", "5005", "--greeting", "Hello, you = friend", "--set", "a.b=1", "--set", "c.d=-2", "--call-hosts", "2", "--verbose", "--data-dir", "/x", "--max-calls", "9", "--drain-timeout", "5"]);
        var request = ServeCommand.Request(parsed);

        request.Inherited.Should().Equal("--greeting=Hello, you = friend", "--set=a.b=1", "--set=c.d=-2", "--verbose", "--drain-timeout=5");
        var again = ServeCommand.Request(root.Parse(["serve", .. request.Inherited, "--call-host=2"]));
        again.Should().Match<ServeRequest>(call => call.Greeting == "Hello, you = friend" && call.Verbose && call.CallHost == 2 && call.CallHosts == null);
        again.Set.Should().Equal("a.b=1", "c.d=-2");
    }

    [Test]
    public void Keys_go_by_the_environment_and_no_supervisor_of_the_system_is_spoken_to()
    {
        Environment.SetEnvironmentVariable("AICO_TEST_WITHHELD", "yes");
        var start = new CallHostLauncher(["--verbose"], new Dictionary<string, string> { ["AICO_INTERNAL_API_KEY"] = "run" }, ["AICO_TEST_WITHHELD"], new CallHostLines(TextWriter.Null, false, NullLogger.Instance)).Describe(3);
        Environment.SetEnvironmentVariable("AICO_TEST_WITHHELD", null);

        start.ArgumentList.TakeLast(3).Should().Equal("serve", "--verbose", "--call-host=3");
        start.Environment["AICO_INTERNAL_API_KEY"].Should().Be("run");
        start.Environment.Should().NotContainKey("AICO_TEST_WITHHELD");
        start.RedirectStandardInput.Should().BeTrue("its end tells a call host that its supervisor is dead");
    }

    private static void Refused(ServeRequest request, string problem, params (string Name, string Value)[] environment) =>
        FluentActions.Invoking(() => Plan(request, environment)).Should().Throw<CliException>().WithMessage(problem);

    private static CallHostPolicy? Plan(ServeRequest request, params (string Name, string Value)[] environment)
    {
        var variables = environment.ToDictionary(entry => entry.Name, entry => entry.Value);
        return CallHostPlan.Of(request, variables, LiveKit, ConfigurationSettings.Of(variables));
    }
}
