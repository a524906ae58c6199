using Aico.Host.Hosts;

namespace Aico.Host.Tests.Hosts;

public class HostStatusJsonTests
{
    [Test]
    public void Reads_what_it_writes()
    {
        var status = SampleHost.Of("a", callHost: 2) with { Phase = HostPhase.Draining, LastError = "It is far away.", Handles = null };

        HostStatusJson.Read(HostStatusJson.Write(status)).Should().Be(status);
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
