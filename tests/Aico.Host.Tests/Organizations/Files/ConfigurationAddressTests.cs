using System.Text.Json.Nodes;
using Aico.Host.Organizations.Changes;
using Aico.Host.Providers;
using Aico.Host.Providers.Egress;

namespace Aico.Host.Tests.Organizations.Files;

public class ConfigurationAddressTests
{
    [TestCase("hearing", """{ "baseUrl": "http://169.254.169.254/latest" }""", "/baseUrl")]
    [TestCase("hearing", """{ "baseUrl": "http://2130706433/" }""", "/baseUrl")]
    [TestCase("hearing", """{ "baseUrl": "gopher://vendor.example/" }""", "/baseUrl")]
    [TestCase("thinking", """{ "host": "10.0.0.1" }""", "/host")]
    [TestCase("thinking", """{ "host": "::1" }""", "/host")]
    // The plugin's own default leads to this machine.
    [TestCase("thinking", "{}", "/host")]
    public void Refuses_settings_that_lead_inside(string provider, string config, string pointer)
    {
        var refused = FluentActions.Invoking(() => Check(null, provider, config)).Should().Throw<SettingsException>();

        refused.Which.Errors.Should().ContainSingle().Which.Pointer.Should().Be(pointer);
    }

    [TestCase(null, "hearing", "{}")]
    [TestCase(null, "hearing", """{ "baseUrl": "https://proxy.vendor.example/v1" }""")]
    [TestCase("localhost:2700", "thinking", "{}")]
    [TestCase("10.0.0.0/8", "thinking", """{ "host": "10.0.0.1", "port": 1 }""")]
    public void Takes_settings_that_lead_outside_or_where_the_operator_allows(string? allow, string provider, string config)
    {
        FluentActions.Invoking(() => Check(allow, provider, config)).Should().NotThrow();
    }

    [Test]
    public void Heeds_the_port_that_is_allowed()
    {
        FluentActions.Invoking(() => Check("localhost:2700", "thinking", """{ "port": 22 }""")).Should().Throw<SettingsException>();
    }

    private static void Check(string? allow, string provider, string config)
    {
        var rules = new ConfigurationRules(SampleCatalog.Make(), EgressPolicy.Parse(allow));
        rules.CheckAddresses(rules.Require(provider), (JsonObject)JsonNode.Parse(config)!);
    }
}
