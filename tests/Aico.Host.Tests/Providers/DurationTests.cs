using Aico.Host.Providers;

namespace Aico.Host.Tests.Providers;

public class DurationTests
{
    [TestCase("250ms", 250, "250ms")]
    [TestCase("1.5s", 1_500, "1500ms")]
    [TestCase("10s", 10_000, "10s")]
    [TestCase("90s", 90_000, "90s")]
    [TestCase("2m", 120_000, "2m")]
    [TestCase("60m", 3_600_000, "1h")]
    [TestCase("0s", 0, "0s")]
    [TestCase("-1s", -1_000, "-1s")]
    [TestCase("00:00:10", 10_000, "10s")]
    [TestCase("00:00:00.25", 250, "250ms")]
    public void Reads_and_writes_times_with_units(string text, double milliseconds, string written)
    {
        Duration.TryParse(text, out var duration).Should().BeTrue();

        duration.Should().Be(TimeSpan.FromMilliseconds(milliseconds));
        Duration.Format(duration).Should().Be(written);
    }

    [TestCase("")]
    [TestCase("10")]
    [TestCase("10 s")]
    [TestCase("10S")]
    [TestCase("s")]
    [TestCase("1,5s")]
    [TestCase("24:00:00.")]
    [TestCase("99999999999999999999h")]
    [TestCase("999999999999999999999999999999999999999999h")]
    public void Refuses_what_has_no_unit_or_no_meaning(string text) => Duration.TryParse(text, out _).Should().BeFalse();
}
