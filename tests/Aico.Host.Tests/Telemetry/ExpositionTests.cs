using System.Diagnostics.Metrics;
using Aico.Host.Telemetry.Exposition;

namespace Aico.Host.Tests.Telemetry;

/// <summary>What a meter records, in Prometheus' text format.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ExpositionTests : IDisposable
{
    private readonly Meter _meter = new("Aico");
    private readonly MetricScrape _scrape;

    public ExpositionTests() => _scrape = new MetricScrape(_meter);

    [TestCase("lk.agents.turn.e2e_latency", "s", false, "lk_agents_turn_e2e_latency_seconds")]
    [TestCase("lk.agents.usage.llm_input_tokens", "{token}", true, "lk_agents_usage_llm_input_tokens_total")]
    [TestCase("lk_agents_worker_load", null, false, "lk_agents_worker_load")]
    [TestCase("dotnet.process.memory.working_set", "By", false, "dotnet_process_memory_working_set_bytes")]
    [TestCase("x.seconds", "s", true, "x_seconds_total")]
    [TestCase("x.total", "1", true, "x_total")]
    [TestCase("9 lives", "USD", false, "_9_lives_usd")]
    public void Names_metrics_as_Prometheus_does(string name, string? unit, bool isCounter, string expected) =>
        MetricNames.Of(name, unit, isCounter).Should().Be(expected);

    [Test]
    public void Adds_up_counters_by_their_labels_in_whichever_order_they_come()
    {
        var counter = _meter.CreateCounter<long>("x", "{thing}", "Things.\nAnd \\more.");

        counter.Add(2, new("b", "2"), new("a", "1"));
        counter.Add(3, new("a", "1"), new("b", "2"));
        counter.Add(1);

        var text = Scrape();
        text["x_total{a=\"1\",b=\"2\"}"].Should().Be(5);
        text["x_total"].Should().Be(1);
        text.Types["x_total"].Should().Be("counter");
        text.Help["x_total"].Should().Be(@"Things.\nAnd \\more.");
    }

    [Test]
    public void Escapes_what_labels_must_not_have()
    {
        _meter.CreateCounter<long>("x").Add(1, new KeyValuePair<string, object?>("a.b", "say \"hi\\\"\nnow"));

        Scrape()[@"x_total{a_b=""say \""hi\\\""\nnow""}"].Should().Be(1);
    }

    [Test]
    public void Counts_a_histogram_s_values_by_size()
    {
        var histogram = _meter.CreateHistogram("x", "s", "", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2.5] });

        foreach (var value in new[] { 0.5, 1, 1.5, 7 })
        {
            histogram.Record(value, new KeyValuePair<string, object?>("a", "1"));
        }

        var text = Scrape();
        text["x_seconds_bucket{a=\"1\",le=\"1\"}"].Should().Be(2, "a bound belongs to the bucket below it");
        text["x_seconds_bucket{a=\"1\",le=\"2.5\"}"].Should().Be(3);
        text["x_seconds_bucket{a=\"1\",le=\"+Inf\"}"].Should().Be(4);
        text["x_seconds_sum{a=\"1\"}"].Should().Be(10);
    }

    [Test]
    public void Forgets_what_is_not_observed_any_more_and_keeps_what_was_counted()
    {
        var observed = new List<Measurement<int>> { new(1, new KeyValuePair<string, object?>("a", "1")) };
        _meter.CreateObservableGauge("gauge", () => observed);
        _meter.CreateCounter<long>("counter").Add(1);
        Scrape().Samples.Should().ContainKey("gauge{a=\"1\"}");

        observed[0] = new(2, new KeyValuePair<string, object?>("a", "2"));

        var text = Scrape();
        text.Samples.Should().NotContainKey("gauge{a=\"1\"}").And.Contain("gauge{a=\"2\"}", 2).And.Contain("counter_total", 1);
    }

    [Test]
    public void Bounds_the_series_of_a_metric_and_says_how_much_it_left_out()
    {
        var counter = _meter.CreateCounter<long>("x");

        for (var i = 0; i < 2010; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("model", $"m{i}"));
        }

        var text = Scrape();
        text.Samples.Keys.Count(series => series.StartsWith("x_total{", StringComparison.Ordinal)).Should().Be(2000);
        _ = Scrape();
        Scrape()["aico_metrics_dropped_total"].Should().Be(10);
    }

    [Test]
    public void Takes_nothing_of_another_meter_of_its_name()
    {
        using var other = new Meter("Aico");

        other.CreateCounter<long>("foreign").Add(1);

        Scrape().Samples.Should().NotContainKey("foreign_total");
    }

    [Test]
    public void Shows_the_process_itself()
    {
        var text = Scrape();

        text.Types.Should().Contain("dotnet_process_memory_working_set_bytes", "gauge").And.Contain("dotnet_process_cpu_time_seconds_total", "counter");
        text["dotnet_process_memory_working_set_bytes"].Should().BeGreaterThan(1_000_000);
    }

    public void Dispose()
    {
        _scrape.Dispose();
        _meter.Dispose();
    }

    private PrometheusText Scrape() => PrometheusText.Read(_scrape.Write());
}
