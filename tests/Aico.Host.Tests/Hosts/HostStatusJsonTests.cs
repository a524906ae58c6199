using Aico.Host.Hosts;

namespace Aico.Host.Tests.Hosts;

public class HostStatusJsonTests
{
    [Test]
    public void Reads_what_it_writes()
    {
        var status = SampleHost.Of("a", callHost: 2) with { Phase = HostPhase.Draining, LastError = "It is far away.", Handles = null };

        HostStatusJson.Read(HostStatusJson.Write(status)).Should().BeEquivalentTo(status);
    }

    [Test]
    public void Reads_the_calls_of_a_report()
    {
        var status = SampleHost.Of("a") with { Sessions = [SampleHost.Session("AJ_1"), SampleHost.Session("AJ_2") with { CallerIdentity = null, IsReady = false }] };

        HostStatusJson.Read(HostStatusJson.WriteReport(status)).Sessions.Should().Equal(status.Sessions);
    }

    [TestCase("id", "sessions/1/id")]
    [TestCase("ready", "sessions/1/ready")]
    [TestCase("startedAt", "sessions/1/startedAt")]
    public void Names_the_field_of_a_call_that_is_wrong(string field, string named)
    {
        var json = HostStatusJson.WriteReport(SampleHost.Of("a") with { Sessions = [SampleHost.Session("AJ_1"), SampleHost.Session("AJ_2")] });
        json["sessions"]![1]![field] = 7;

        FluentActions.Invoking(() => HostStatusJson.Read(json)).Should().Throw<FormatException>().WithMessage(named);
    }

    [TestCase("id")]
    [TestCase("startedAt")]
    [TestCase("phase")]
    [TestCase("calls")]
    [TestCase("residentBytes")]
    public void Names_the_field_that_is_wrong(string field)
    {
        var json = HostStatusJson.Write(SampleHost.Of("a"));
        json[field] = new System.Text.Json.Nodes.JsonArray();

        FluentActions.Invoking(() => HostStatusJson.Read(json)).Should().Throw<FormatException>().WithMessage(field);
    }
}
