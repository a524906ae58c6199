using Aico.Host.Telemetry;

namespace Aico.Host.Tests.Telemetry;

internal sealed class TelemetrySettingsTests
{
    [Test]
    public void Sends_nothing_and_shows_no_text_unless_it_is_told_to() =>
        TelemetrySettings.Of(new Dictionary<string, string>()).Should().BeEquivalentTo(new { SendsTraces = false, SendsMetrics = false, TracesText = false, MaximumOrganizations = 100 });

    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT", true, true)]
    [TestCase("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", true, false)]
    [TestCase("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", false, true)]
    public void Sends_what_a_collector_is_named_for(string variable, bool traces, bool metrics)
    {
        var settings = TelemetrySettings.Of(new Dictionary<string, string> { [variable] = "http://localhost:4317" });

        (settings.SendsTraces, settings.SendsMetrics).Should().Be((traces, metrics));
        TelemetrySettings.Of(new Dictionary<string, string> { [variable] = "http://localhost:4317", ["OTEL_SDK_DISABLED"] = "TRUE" }).Should().BeEquivalentTo(new { SendsTraces = false, SendsMetrics = false });
    }

    [TestCase("localhost:4317")]
    [TestCase("/v1/traces")]
    public void Takes_no_collector_that_has_no_address(string endpoint) =>
        FluentActions.Invoking(() => TelemetrySettings.Of(new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = endpoint }))
            .Should().Throw<FormatException>().WithMessage("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT:*");

    [TestCase("true", true)]
    [TestCase("True", true)]
    [TestCase("yes", false)]
    [TestCase("1", false)]
    public void Shows_text_where_it_is_asked_for_in_so_many_letters(string value, bool shows) =>
        TelemetrySettings.Of(new Dictionary<string, string> { [TelemetrySettings.TextVariable] = value }).TracesText.Should().Be(shows);

    [TestCase("0", 0)]
    [TestCase(" 25 ", 25)]
    public void Reads_how_many_organizations_are_named(string value, int count) =>
        TelemetrySettings.Of(new Dictionary<string, string> { [TelemetrySettings.OrganizationsVariable] = value }).MaximumOrganizations.Should().Be(count);

    [TestCase("-1")]
    [TestCase("many")]
    [TestCase("10001")]
    public void Says_which_variable_is_wrong(string value) =>
        FluentActions.Invoking(() => TelemetrySettings.Of(new Dictionary<string, string> { [TelemetrySettings.OrganizationsVariable] = value }))
            .Should().Throw<FormatException>().WithMessage("AICO_METRICS_ORGANIZATIONS:*");
}
