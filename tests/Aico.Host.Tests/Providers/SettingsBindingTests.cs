using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Tests.Providers;

public class SettingsBindingTests
{
    private static readonly Dictionary<string, Secret> _secrets = new() { ["apiKey"] = new Secret("canary-secret") };

    [Test]
    public void Keeps_defaults_where_nothing_is_set()
    {
        var bound = Bind("{}");

        bound.Should().BeEquivalentTo(new SampleSettings { Model = "m", ApiKey = new Secret("canary-secret") });
    }

    [Test]
    public void Sets_every_sort_of_value()
    {
        var bound = Bind(
            """
            {
              "speed": 2, "threads": 4, "fast": true, "pace": "slow", "timeout": "1.5s", "baseUrl": "ws://10.0.0.1:2700/x",
              "language": "de", "words": ["a", "b"], "nested": { "name": "n" }, "limit": null
            }
            """);

        bound.Should().BeEquivalentTo(new SampleSettings
        {
            Model = "m",
            Speed = 2,
            Threads = 4,
            Fast = true,
            Pace = SamplePace.Slow,
            Timeout = TimeSpan.FromMilliseconds(1500),
            BaseUrl = new Uri("ws://10.0.0.1:2700/x"),
            Language = "de",
            Words = ["a", "b"],
            // The depth is the one that the settings give, not the nested record's own.
            Nested = new SampleNested { Name = "n", Depth = 3 },
            Limit = null,
            ApiKey = new Secret("canary-secret"),
        });
    }

    private const string Known = "baseUrl, fast, language, limit, model, moreWords, nested, pace, speed, threads, timeout, words.";

    [TestCase("""{ "treads": 1 }""", "/treads", SettingsProblem.UnknownSetting, "There is no setting \"treads\"; did you mean \"threads\"?", "threads")]
    [TestCase("""{ "Threads": 1 }""", "/Threads", SettingsProblem.UnknownSetting, "There is no setting \"Threads\"; did you mean \"threads\"?", "threads")]
    [TestCase("""{ "zebra": 1 }""", "/zebra", SettingsProblem.UnknownSetting, "There is no setting \"zebra\"; there are " + Known, null)]
    [TestCase("""{ "computed": 1 }""", "/computed", SettingsProblem.UnknownSetting, "There is no setting \"computed\"; there are " + Known, null)]
    [TestCase("""{ "a/b~c": 1 }""", "/a~1b~0c", SettingsProblem.UnknownSetting, "There is no setting \"a~1b~0c\"; there are " + Known, null)]
    [TestCase("""{ "nested": { "dept": 1 } }""", "/nested/dept", SettingsProblem.UnknownSetting, "There is no setting \"nested/dept\"; did you mean \"depth\"?", "depth")]
    [TestCase("""{ "apiKey": "canary-value" }""", "/apiKey", SettingsProblem.UnknownSetting, "\"apiKey\" is a secret: it is set with the secrets, never among the settings.", "apiKey")]
    [TestCase("""{ "threads": "4" }""", "/threads", SettingsProblem.WrongType, "\"threads\" must be a whole number.", null)]
    [TestCase("""{ "threads": 1.5 }""", "/threads", SettingsProblem.WrongType, "\"threads\" must be a whole number.", null)]
    [TestCase("""{ "threads": 99999999999 }""", "/threads", SettingsProblem.WrongType, "\"threads\" must be a whole number.", null)]
    [TestCase("""{ "threads": null }""", "/threads", SettingsProblem.WrongType, "\"threads\" must be a whole number.", null)]
    [TestCase("""{ "language": null }""", "/language", SettingsProblem.WrongType, "\"language\" must be a text.", null)]
    [TestCase("""{ "language": 7 }""", "/language", SettingsProblem.WrongType, "\"language\" must be a text.", null)]
    [TestCase("""{ "fast": "yes" }""", "/fast", SettingsProblem.WrongType, "\"fast\" must be true or false.", null)]
    [TestCase("""{ "speed": {} }""", "/speed", SettingsProblem.WrongType, "\"speed\" must be a number.", null)]
    [TestCase("""{ "pace": "slwo" }""", "/pace", SettingsProblem.WrongType, "\"pace\" must be one of slow, veryFast; did you mean \"slow\"?", "slow")]
    [TestCase("""{ "pace": 1 }""", "/pace", SettingsProblem.WrongType, "\"pace\" must be one of slow, veryFast.", null)]
    [TestCase("""{ "timeout": 10 }""", "/timeout", SettingsProblem.WrongType, "\"timeout\" must be a duration such as \"250ms\", \"10s\" or \"2m\".", null)]
    [TestCase("""{ "baseUrl": "/local/path" }""", "/baseUrl", SettingsProblem.WrongType, "\"baseUrl\" must be an absolute URL such as \"https://host/path\".", null)]
    [TestCase("""{ "words": "a" }""", "/words", SettingsProblem.WrongType, "\"words\" must be a list, each a text.", null)]
    [TestCase("""{ "words": ["a", 1] }""", "/words/1", SettingsProblem.WrongType, "\"words/1\" must be a list, each a text.", null)]
    [TestCase("""{ "nested": [] }""", "/nested", SettingsProblem.WrongType, "\"nested\" must be an object.", null)]
    [TestCase("""{ "speed": 3 }""", "/speed", SettingsProblem.Invalid, "The field speed must be between 0.5 and 2.", null)]
    [TestCase("""{ "threads": 0 }""", "/threads", SettingsProblem.Invalid, "The field threads must be between 1 and 2147483647.", null)]
    [TestCase("""{ "timeout": "2m" }""", "/timeout", SettingsProblem.Invalid, "The field timeout must be between 00:00:01 and 00:01:00.", null)]
    [TestCase("""{ "language": "eng" }""", "/language", SettingsProblem.Invalid, "The field language must match the regular expression '[a-z]{2}'.", null)]
    [TestCase("""{ "nested": { "depth": 10 } }""", "/nested/depth", SettingsProblem.Invalid, "The field depth must be between 0 and 9.", null)]
    [TestCase("""{ "model": null }""", "/model", SettingsProblem.Missing, "The setting \"model\" is not set.", null)]
    public void Refuses_what_is_wrong(string json, string pointer, object problem, string message, string? nearest)
    {
        var errors = ErrorsOf(json);

        errors.Should().Equal(new SettingsError(pointer, (SettingsProblem)problem, message, nearest));
    }

    [Test]
    public void Names_all_errors_at_once_and_no_value()
    {
        var settings = JsonNode.Parse("""{ "spede": 1, "threads": "canary-value", "nested": { "depth": 99 } }""")!.AsObject();

        var fault = FluentActions.Invoking(() => SettingsModel.Of<SampleSettings>().Bind(
                "sample", settings, new Dictionary<string, Secret> { ["tokn"] = new Secret("canary-secret") }))
            .Should().Throw<SettingsException>().Which;

        fault.Errors.Select(error => (error.Pointer, error.Problem)).Should().Equal(
            ("/spede", SettingsProblem.UnknownSetting),
            ("/threads", SettingsProblem.WrongType),
            ("/tokn", SettingsProblem.UnknownSecret),
            ("/apiKey", SettingsProblem.MissingSecret),
            ("/model", SettingsProblem.Missing),
            ("/nested/depth", SettingsProblem.Invalid));
        fault.Errors.Where(error => error.InSecrets).Select(error => error.Nearest).Should().Equal("token", null);
        fault.ToString().Should().NotContain("canary");
    }

    [Test]
    public void Says_that_a_setting_is_missing_where_it_has_no_default()
    {
        var fault = FluentActions.Invoking(() => SettingsModel.Of<SampleSettings>().Bind("sample", [], _secrets))
            .Should().Throw<SettingsException>().Which;

        fault.Message.Should().Be("sample: The setting \"model\" is not set.");
    }

    [Test]
    public void Refuses_secrets_in_nested_records_when_the_model_is_derived() =>
        FluentActions.Invoking(SettingsModel.Of<WithNestedSecret>().Describe).Should().Throw<NotSupportedException>().WithMessage("*secrets stand in the settings record itself*");

    [Test]
    public void Refuses_settings_that_contain_themselves_when_the_model_is_derived() =>
        FluentActions.Invoking(SettingsModel.Of<Recursive>().Describe).Should().Throw<NotSupportedException>();

    private static SampleSettings Bind(string json)
    {
        var settings = JsonNode.Parse(json)!.AsObject();
        settings.TryAdd("model", "m");
        return (SampleSettings)SettingsModel.Of<SampleSettings>().Bind("sample", settings, _secrets);
    }

    private static IReadOnlyList<SettingsError> ErrorsOf(string json) =>
        FluentActions.Invoking(() => Bind(json)).Should().Throw<SettingsException>().Which.Errors;

    private sealed record WithNestedSecret
    {
        public Inner Inside { get; init; } = new();

        public sealed record Inner
        {
            public Secret? Key { get; init; }
        }
    }

    private sealed record Recursive
    {
        public Recursive? Inside { get; init; }
    }
}
